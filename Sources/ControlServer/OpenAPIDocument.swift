// openapi.yaml, embedded. Made by scripts/embed-openapi; a test compares the two.

let openAPIDocument = ""
