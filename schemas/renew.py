"""Write everything that is made from the shapes: ``python -m schemas.renew`` after any change of them.

The JSON Schemas (schemas/json/), the reference of the fields (docs/fields.*.md) and what is promised of them
(baseline-1.json).
"""

from schemas import field_reference, json_schema, stability

if __name__ == "__main__":
    stability.renew()
    json_schema.write()
    field_reference.write()
