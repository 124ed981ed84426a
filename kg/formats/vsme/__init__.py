"""Reports of small companies on sustainability, by VSME and ESRS."""
