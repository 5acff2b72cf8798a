package dev.gradus.cli.data;

/** A file that never changes: its name, its length in bytes and its SHA-256 in hexadecimal. */
record Published(String name, long length, String sha256) {}
