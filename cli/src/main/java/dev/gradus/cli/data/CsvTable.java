package dev.gradus.cli.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gradus.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * A table read from a file, plain or compressed with gzip: RFC 4180 in UTF-8, the first line naming
 * the columns, which are separated by a comma, a semicolon or a tab, whichever the first line holds
 * most of.
 */
final class CsvTable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String SEPARATORS = ",;\t";
  private static final int LONGEST_HEADER = 1 << 20;
  private static final int ROW_OVERHEAD = 128;

  private final CsvColumns columns;
  private final List<CsvRow> rows = new ArrayList<>();

  private CsvTable(CsvColumns columns) {
    this.columns = columns;
  }

  static CsvTable read(Path file, TableOptions options) {
    var table = read(file, header -> new CsvColumns(file, header, options));
    if (table.rows.size() < 2) {
      throw new UserException("'" + file + "' has fewer than 2 lines below the first.");
    }
    return table;
  }

  /** Reads a table whose columns are chosen by its first line. */
  static CsvTable read(Path file, Function<List<String>, CsvColumns> columns) {
    try (var in = Compressed.open(file);
        var reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
      return read(file, reader, columns);
    } catch (CsvParseException malformed) {
      throw new UserException(
          "'" + file + "' is not a table: " + cause(malformed) + ".", malformed);
    } catch (CharacterCodingException otherEncoding) {
      throw notUtf8(file, otherEncoding);
    } catch (IOException failure) {
      throw new UserException(
          "'" + file + "' cannot be read: " + Reason.of(failure) + ".", failure);
    }
  }

  private static CsvTable read(
      Path file, BufferedReader reader, Function<List<String>, CsvColumns> columns)
      throws IOException {
    var csv =
        CsvReader.builder()
            .fieldSeparator(separator(reader))
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord((Reader) reader);
    try {
      return read(file, csv.iterator(), columns);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private static CsvTable read(
      Path file, Iterator<CsvRecord> records, Function<List<String>, CsvColumns> columns) {
    if (!records.hasNext()) {
      throw new UserException("The file '" + file + "' is empty.");
    }
    var table = new CsvTable(columns.apply(records.next().getFields()));
    while (records.hasNext()) {
      var record = records.next();
      table.add(table.columns.row(record.getStartingLineNumber(), record.getFields()), file);
    }
    return table;
  }

  private void add(CsvRow row, Path file) {
    rows.add(row);
    long bytesPerRow = ROW_OVERHEAD + (long) columns.inputCount() * (Double.BYTES + Float.BYTES);
    if (rows.size() * bytesPerRow > MemoryBudget.heap()) {
      throw new UserException(
          "'%s' is too large for Java's heap (-Xmx): line %,d would not fit."
              .formatted(file, row.line()));
    }
  }

  /** The separator of the first line; a byte order mark before it is passed over. */
  private static char separator(BufferedReader reader) throws IOException {
    reader.mark(LONGEST_HEADER);
    var start = new char[LONGEST_HEADER - 1];
    int length = Math.max(0, reader.read(start, 0, start.length));
    reader.reset();
    if (length > 0 && start[0] == BYTE_ORDER_MARK) {
      reader.skip(1);
    }
    var header = new String(start, 0, length).lines().findFirst().orElse("");
    return SEPARATORS
        .chars()
        .mapToObj(separator -> (char) separator)
        .max(Comparator.comparingLong(separator -> count(header, separator)))
        .orElseThrow();
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(character -> character == wanted).count();
  }

  private static String cause(CsvParseException malformed) {
    var cause = malformed.getCause() == null ? malformed : malformed.getCause();
    return String.valueOf(cause.getMessage());
  }

  private static UserException notUtf8(Path file, IOException otherEncoding) {
    return new UserException(
        "'" + file + "' is not text in UTF-8; convert it first, for example with iconv.",
        otherEncoding);
  }

  CsvColumns columns() {
    return columns;
  }

  List<CsvRow> rows() {
    return rows;
  }
}
