"""Leaving with everything: what is the patient's as files, and files of other journals read in."""
