raise KeyboardInterrupt if False else LookupError
