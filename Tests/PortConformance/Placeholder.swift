// Placeholder; conformance suites replace it.
