"""openapi.yaml as OpenAPI 3.1 and JSON Schema 2020-12 want it: the document, and
every example in it, against the whole standard. Prints what is wrong, and fails.
"""

import sys

import jsonschema
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

document = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
wrong = [f"{list(e.absolute_path)}: {e.message}" for e in OpenAPIV31SpecValidator(document).iter_errors()]
count = 0


def check(name, schema, examples):
    """Against a schema whose references lead into this document."""
    global count
    whole = {**schema, "components": document["components"]}
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    for example in examples:
        count += 1
        wrong.extend(f"example of {name}: {error.message}" for error in validator.iter_errors(example))


for name, schema in document["components"]["schemas"].items():
    check(name, schema, schema.get("examples", []))
for name, parameter in document["components"]["parameters"].items():
    check(name, parameter["schema"], [parameter["example"]] if "example" in parameter else [])
for line in wrong:
    print(line, file=sys.stderr)
print(f"openapi.yaml is valid OpenAPI 3.1; {count} examples match their schemas" if not wrong else "")
sys.exit(1 if wrong else 0)
