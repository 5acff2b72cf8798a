package dev.gradus.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Columns of vectors as Spark's machine learning stores them, dense or sparse. */
final class VectorColumn {
  private static final List<String> FIELDS = List.of("type", "size", "indices", "values");
  private static final byte SPARSE = 0;

  private VectorColumn() {}

  /** Whether a column holds vectors as they are stored. */
  static boolean isStored(DataType type) {
    return type instanceof StructType fields && List.of(fields.fieldNames()).equals(FIELDS);
  }

  /** The same columns with what is stored in the place of classes such as those of vectors. */
  static StructType stored(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields()).map(VectorColumn::stored).toArray(StructField[]::new));
  }

  private static StructField stored(StructField field) {
    return field.dataType() instanceof UserDefinedType<?> known
        ? new StructField(field.name(), known.sqlType(), field.nullable(), field.metadata())
        : field;
  }

  /** The numbers of a vector. */
  static List<?> numbers(Row vector) {
    var values = vector.getList(FIELDS.indexOf("values"));
    if (vector.getByte(FIELDS.indexOf("type")) != SPARSE) {
      return values;
    }
    var all =
        new ArrayList<Object>(Collections.nCopies(vector.getInt(FIELDS.indexOf("size")), 0.0));
    var indices = vector.<Integer>getList(FIELDS.indexOf("indices"));
    for (int i = 0; i < indices.size(); i++) {
      all.set(indices.get(i), values.get(i));
    }
    return all;
  }
}
