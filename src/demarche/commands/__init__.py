"""The verbs of the command line that work on archives: one module a verb, each with `register(app)`."""
