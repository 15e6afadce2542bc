"""What ``passerelle serve`` says, in French and in English."""

SERVE: dict[str, tuple[str, str]] = {
    "progress.index": ("Indexation", "Indexing"),
    "serve.here": (
        "Version {number} servie à {address} (Ctrl-C pour arrêter; une nouvelle version est reprise d’elle-même).",
        "Release {number} served at {address} (Ctrl-C stops; a new release is taken up by itself).",
    ),
    "serve.waiting": (
        "Rien n’est encore publié; le serveur attend à {address}. Publiez avec passerelle run ou passerelle publish.",
        "Nothing is published yet; the server waits at {address}. Publish with passerelle run or passerelle publish.",
    ),
    "serve.taken": (
        "Le port {port} de {host} ne peut pas être ouvert ({said}); choisissez-en un autre avec --port.",
        "Port {port} of {host} cannot be opened ({said}); choose another one with --port.",
    ),
    "serve.stopped": ("Arrêté.", "Stopped."),
}
"""Key → (French, English)."""
