"""Stands in for setuptools while pip downloads grammars, so that no code of a package is run."""
