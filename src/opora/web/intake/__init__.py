"""«Приём сведений»: files come in, are asked about, looked at, written, taken back."""
