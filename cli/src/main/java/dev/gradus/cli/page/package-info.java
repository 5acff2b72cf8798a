/**
 * Pages: what a person opens in a browser, one file each that needs nothing else.
 *
 * <p>A page is a record of texts and shapes, such as {@link dev.gradus.cli.page.SuspectsPage}, and
 * a template in {@code src/main/jte} that lays it out within {@code layout.jte}, which has the
 * style. Templates are compiled with the sources, so a name that a record does not have ends the
 * build; and they escape every text for the place where it stands. {@link
 * dev.gradus.cli.page.PageFile} writes the page. Nothing here knows data sets or networks.
 */
@NullMarked
package dev.gradus.cli.page;

import org.jspecify.annotations.NullMarked;
