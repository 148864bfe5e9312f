"""«Сверка»: our counts beside those of the form ОО-1, and the people behind each difference."""
