raise ValueError("import fails")
