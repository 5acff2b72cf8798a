/**
 * Pictures: one style for all charts, and the way into SVG and PNG files.
 *
 * <p>{@link dev.gradus.cli.chart.ChartStyle} makes empty charts, {@link
 * dev.gradus.cli.chart.Picture} puts charts side by side and writes them. Pictures have a white
 * ground of their own, so that they can be read in dark surroundings too.
 */
@NullMarked
package dev.gradus.cli.chart;

import org.jspecify.annotations.NullMarked;
