// The desk works without this file; it only makes the keyboard quicker.
