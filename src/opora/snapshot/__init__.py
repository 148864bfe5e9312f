"""Between the registry and the dataset, both ways: facts are loaded from a dataset and frozen into one."""
