package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataDescription;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data sets that can be asked for by a short text. */
public final class DataSets {
  /** The kind of a table that Spark reads for its workers. */
  public static final String PARQUET = "parquet:";

  private static final Map<String, DataReader> READERS = readers();

  /**
   * Every form of text that {@link #open} understands, with what it means, in the order of a help
   * page.
   */
  public static final List<Form> FORMS =
      List.of(
          new Form("digits", "handwritten digits of 8 by 8 pixels, built in"),
          new Form("mnist", "handwritten digits of 28 by 28 pixels"),
          new Form("fashion-mnist", "clothes, 28 by 28 grey pixels"),
          new Form("cifar10", "animals and vehicles, 32 by 32 colour pixels"),
          new Form("images:FOLDER-OR-ZIP", "JPEG and PNG files in one folder per class"),
          new Form("idx:FOLDER", "image and label files in MNIST's format"),
          new Form("csv:FILE", "a table with a header line; the last column is the label"),
          new Form("text:FILE", "a text, to predict its next character"),
          new Form("parquet:ADDRESS", "a table like that of csv:, for spark-train"));

  /** The kinds of files that {@link #further} reads. */
  public static final List<String> FURTHER = List.of("images:", "idx:", "csv:");

  private DataSets() {}

  private static Map<String, DataReader> readers() {
    var readers = new LinkedHashMap<String, DataReader>();
    readers.put("digits", new Digits());
    readers.put("mnist", NamedIdx.MNIST);
    readers.put("fashion-mnist", NamedIdx.FASHION_MNIST);
    readers.put("cifar10", new Cifar10());
    readers.put("images:", new ImageFolder());
    readers.put("idx:", new IdxFolder());
    readers.put("csv:", new CsvFile());
    readers.put("text:", new TextFile());
    readers.put(PARQUET, DataSets::onlySpark);
    return readers;
  }

  private static DataSet onlySpark(String name, String address, DataOptions options) {
    throw new UserException(
        "'%s' is read by Spark, in gradus spark-train; take csv:FILE here.".formatted(name));
  }

  /**
   * A text that names a data set.
   *
   * @param text what to type, with the changing part in capitals
   * @param meaning what it stands for, a few words
   */
  public record Form(String text, String meaning) {}

  /**
   * Reads a data set into memory.
   *
   * @param text a form of {@link #FORMS}, such as {@code "digits"} or {@code "csv:wine.csv"}
   * @param options what the user chose
   * @return the data set, split and normalised
   * @throws UserException if there is no such data set, or a file is missing, unreadable, damaged
   *     or does not hold what it should; the sentence names it
   */
  public static DataSet open(String text, DataOptions options) {
    int colon = text.indexOf(':') + 1;
    var reader = READERS.get(colon == 0 ? text : text.substring(0, colon));
    if (reader == null) {
      throw unknown(text);
    }
    try {
      return reader.read(text, text.substring(colon), options);
    } catch (IOException failure) {
      throw new UserException(
          "The data set '" + text + "' cannot be read: " + Reason.of(failure) + ".", failure);
    }
  }

  /**
   * Reads examples with labels that are no data set of their own, such as trusted ones.
   *
   * @param text a kind of {@link #FURTHER} and a file or folder
   * @param description the data whose inputs and classes they have
   * @param options how files are read
   * @return the examples, normalised as those
   * @throws UserException if there is no such file, it does not hold what it should, or a label is
   *     unknown; the sentence names it
   */
  public static Examples further(String text, DataDescription description, DataOptions options) {
    if (!text.startsWith("idx:")) {
      return new NewData(description, options, true).read(text);
    }
    var folder = options.places().locate(text.substring(text.indexOf(':') + 1));
    try {
      return IdxFolder.further(folder, description);
    } catch (IOException failure) {
      throw new UserException(
          "'" + folder + "' cannot be read: " + Reason.of(failure) + ".", failure);
    }
  }

  private static UserException unknown(String text) {
    var sentence = "Unknown data set '" + text + "'";
    if (!text.isBlank() && Files.exists(UserPath.of(text))) {
      return new UserException(
          sentence + "; a file is named with its kind: " + kindOf(text) + text + ".");
    }
    return new UserException(sentence + Nearest.hint(text, READERS.keySet()));
  }

  private static String kindOf(String path) {
    if (path.endsWith(".csv") || path.endsWith(".csv.gz")) {
      return "csv:";
    }
    if (path.endsWith(".parquet")) {
      return PARQUET;
    }
    return path.endsWith(".txt") || path.endsWith(".txt.gz") ? "text:" : "images:";
  }
}
