package dev.gradus.bench.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/** Writes the table of every claim that is tried on functions of two weights. */
final class ToyClaims {
  private ToyClaims() {}

  /**
   * Writes the tables.
   *
   * @param arguments the folder, such as {@code experiments/toys}
   */
  public static void main(String[] arguments) throws IOException {
    var folder = Files.createDirectories(Path.of(arguments[0]));
    var claims = new LinkedHashMap<String, Supplier<String>>();
    claims.put("multiplicative", RandomSettings::table);
    claims.put("weight-growth", WeightGrowth::table);
    claims.put("balance", Balance::table);
    claims.put("condition", Condition::table);
    for (var claim : claims.entrySet()) {
      Files.writeString(folder.resolve(claim.getKey() + ".md"), claim.getValue().get());
      System.out.println(folder.resolve(claim.getKey() + ".md"));
    }
  }
}
