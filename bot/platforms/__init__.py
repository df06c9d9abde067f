"""The faces: one package per place where people ask."""
