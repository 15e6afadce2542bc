"""The recipe of the embedded French ↔ English model: prepare, train, average, export, pack, evaluate.

Each module of those names is one command: ``python -m training.train --help``. The model card is README.md beside this.
PyTorch is needed here and nowhere else in the project.
"""
