package dev.gradus.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** A class of vectors that is stored as those of Spark's machine learning are. */
public final class PointType extends UserDefinedType<PointType.Point> {
  private static final long serialVersionUID = 1;

  static final StructType STORED =
      new StructType()
          .add("type", DataTypes.ByteType, false)
          .add("size", DataTypes.IntegerType, true)
          .add("indices", DataTypes.createArrayType(DataTypes.IntegerType, false), true)
          .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false), true);

  /** What columns of this type hold. */
  public record Point(double x, double y) {}

  /** As a sparse vector is stored, all of whose elements are 0 but one. */
  static Row sparse(int size, int index, double value) {
    return RowFactory.create((byte) 0, size, List.of(index), List.of(value));
  }

  @Override
  public DataType sqlType() {
    return STORED;
  }

  @Override
  public Object serialize(Point point) {
    var values = UnsafeArrayData.fromPrimitiveArray(new double[] {point.x(), point.y()});
    return new GenericInternalRow(new Object[] {(byte) 1, null, null, values});
  }

  @Override
  public Point deserialize(Object stored) {
    throw new IllegalStateException("What is stored is enough.");
  }

  @Override
  public Class<Point> userClass() {
    return Point.class;
  }
}
