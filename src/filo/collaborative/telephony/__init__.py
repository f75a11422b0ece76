"""The telephone: who calls is shown at once, a number is dialled with a click, what was said is written up."""
