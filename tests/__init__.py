"""The suite: mirrors src; browser/ walks pages; consistency/ watches the whole code base."""
