package dev.gradus.cli.page;

/**
 * A figure that a page begins with.
 *
 * @param name what it is about
 * @param value the figure, in few characters
 * @param note what it means; may be empty
 */
public record Fact(String name, String value, String note) {}
