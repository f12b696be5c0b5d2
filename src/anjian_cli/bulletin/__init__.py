"""Items to figures to ranks to findings. Knows no screen and no file format."""
