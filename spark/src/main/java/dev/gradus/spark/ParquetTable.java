package dev.gradus.spark;

import dev.gradus.UserException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table in Parquet files. */
public final class ParquetTable {
  private final Dataset<Row> rows;
  private final String name;

  private ParquetTable(Dataset<Row> rows, String name) {
    this.rows = rows;
    this.name = name;
  }

  static ParquetTable open(SparkSession session, String address) {
    if (address.isBlank()) {
      throw new UserException("A Parquet file or folder must be named, but the name is empty.");
    }
    ParquetFiles.require(address);
    try {
      var schema = session.read().parquet(address).schema();
      var rows = session.read().schema(VectorColumn.stored(schema)).parquet(address);
      return new ParquetTable(rows, "parquet:" + address);
    } catch (Exception failure) {
      throw new UserException(
          "'%s' can't be read as Parquet: %s.".formatted(address, Reasons.of(failure)), failure);
    }
  }

  /**
   * The names of its columns.
   *
   * @return one or more, in order
   */
  public List<String> columns() {
    return List.of(rows.columns());
  }

  /**
   * Chooses columns.
   *
   * @param features columns of numbers, or of arrays or vectors of as many numbers in every row, in
   *     the order of the network's inputs
   * @param label what is to be learned: classes if it is a text, a truth value or a whole number,
   *     else a number
   * @return the examples, not read yet
   * @throws UserException if there is no such column, or it can't be used so
   */
  public SparkExamples examples(List<String> features, String label) {
    return SparkExamples.of(rows, features, label, name);
  }
}
