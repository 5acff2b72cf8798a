package dev.gradus.cli.page;

import dev.gradus.cli.chart.OutputFile;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.file.Path;

/** The file of a page, checked before the page is computed. */
public final class PageFile {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, PageFile.class.getPackageName() + ".template");

  private final OutputFile file;

  private PageFile(OutputFile file) {
    this.file = file;
  }

  /**
   * A page that is still to be written. Nothing is written yet.
   *
   * @param file where it will be; replaced if it exists
   * @return the page
   * @throws dev.gradus.UserException if no page can be written there
   */
  public static PageFile at(Path file) {
    return new PageFile(OutputFile.at(file, "page", ".html"));
  }

  /**
   * Writes a page.
   *
   * @param page what it shows
   * @throws dev.gradus.UserException if the file cannot be written
   */
  public void write(SuspectsPage page) {
    file.write(bytes("suspects.jte", page));
  }

  /**
   * Writes a page.
   *
   * @param page what it shows
   * @throws dev.gradus.UserException if the file cannot be written
   */
  public void write(ScalingPage page) {
    file.write(bytes("scaling.jte", page));
  }

  /**
   * Writes a page.
   *
   * @param page what it shows
   * @throws dev.gradus.UserException if the file cannot be written
   */
  public void write(ReportPage page) {
    file.write(bytes("report.jte", page));
  }

  /**
   * Writes a page.
   *
   * @param page what it shows
   * @throws dev.gradus.UserException if the file cannot be written
   */
  public void write(GalleryPage page) {
    file.write(bytes("gallery.jte", page));
  }

  /**
   * Writes a page.
   *
   * @param page what it shows
   * @throws dev.gradus.UserException if the file cannot be written
   */
  public void write(FactorsPage page) {
    file.write(bytes("factors.jte", page));
  }

  private static byte[] bytes(String template, Object page) {
    var output = new Utf8ByteOutput();
    TEMPLATES.render(template, page, output);
    return output.toByteArray();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
