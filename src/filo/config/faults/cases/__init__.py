"""One file a fault, named by its number in the list of faults to survive and by what breaks."""
