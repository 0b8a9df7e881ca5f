"""The spaCy pipeline that is shipped, how it is loaded and how it was trained."""
