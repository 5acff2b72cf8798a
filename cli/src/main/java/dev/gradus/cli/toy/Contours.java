package dev.gradus.cli.toy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lines of equal height of a landscape, by marching over the squares of a grid. */
public final class Contours {
  private static final int CELLS = 160;
  private static final int EVERY = 3;
  private static final double[] SHARES = {0.01, 0.04, 0.1, 0.18, 0.28, 0.4, 0.54, 0.7, 0.87};

  /**
   * Each from the lower or left corner, so that two squares find the same point on a shared side.
   */
  private static final int[][] SIDES = {{0, 1}, {1, 2}, {3, 2}, {0, 3}};

  private final Landscape landscape;
  private final double[][] heights;

  /**
   * Takes a landscape's heights.
   *
   * @param landscape which
   */
  public Contours(Landscape landscape) {
    this.landscape = landscape;
    heights =
        IntStream.rangeClosed(0, CELLS)
            .mapToObj(column -> column(column).mapToDouble(landscape::value).toArray())
            .toArray(double[][]::new);
  }

  private Stream<Point> column(int column) {
    return IntStream.rangeClosed(0, CELLS).mapToObj(row -> corner(column, row));
  }

  private Point corner(int column, int row) {
    var window = landscape.window();
    return new Point(window.x((double) column / CELLS), window.y((double) row / CELLS));
  }

  /**
   * Heights that each leave a certain share of the window below them.
   *
   * @return the heights, the lowest first
   */
  public double[] levels() {
    var sorted = Arrays.stream(heights).flatMapToDouble(Arrays::stream).sorted().toArray();
    return Arrays.stream(SHARES).map(share -> sorted[(int) (share * sorted.length)]).toArray();
  }

  /**
   * The line of a height.
   *
   * @param level the height
   * @return the pieces that it consists of, each from end to end or around
   */
  public List<List<Point>> lines(double level) {
    var neighbours = new LinkedHashMap<Point, List<Point>>();
    for (int column = 0; column < CELLS; column++) {
      for (int row = 0; row < CELLS; row++) {
        join(crossings(column, row, level), neighbours);
      }
    }
    var ends =
        neighbours.keySet().stream().filter(p -> neighbours.getOrDefault(p, List.of()).size() == 1);
    var lines = new ArrayList<List<Point>>();
    Stream.concat(ends.toList().stream(), neighbours.keySet().stream())
        .map(start -> follow(start, neighbours))
        .filter(line -> line.size() > 1)
        .forEach(line -> lines.add(thinned(line)));
    return lines;
  }

  /** The fine grid finds where lines bend; fewer points suffice to draw them. */
  private static List<Point> thinned(List<Point> line) {
    return IntStream.range(0, line.size())
        .filter(i -> i % EVERY == 0 || i == line.size() - 1)
        .mapToObj(line::get)
        .toList();
  }

  private static void join(List<Point> crossings, Map<Point, List<Point>> neighbours) {
    for (int i = 0; i < crossings.size(); i += 2) {
      var one = crossings.get(i);
      var other = crossings.get(i + 1);
      neighbours.computeIfAbsent(one, _ -> new ArrayList<>()).add(other);
      neighbours.computeIfAbsent(other, _ -> new ArrayList<>()).add(one);
    }
  }

  /** Uses up the steps that it takes. */
  private static List<Point> follow(Point start, Map<Point, List<Point>> neighbours) {
    var line = new ArrayList<>(List.of(start));
    var next = neighbours.getOrDefault(start, List.of());
    while (!next.isEmpty()) {
      var to = next.removeFirst();
      next = neighbours.getOrDefault(to, List.of());
      next.remove(line.getLast());
      line.add(to);
    }
    return line;
  }

  /** Where the line crosses the sides of a square: nowhere, or at two places, or at four. */
  private List<Point> crossings(int column, int row, double level) {
    int[][] corners = {{column, row}, {column + 1, row}, {column + 1, row + 1}, {column, row + 1}};
    var crossings = new ArrayList<Point>();
    for (var side : SIDES) {
      var from = corners[side[0]];
      var to = corners[side[1]];
      if (height(from) < level != height(to) < level) {
        crossings.add(between(from, to, level));
      }
    }
    return crossings;
  }

  private double height(int[] corner) {
    return heights[corner[0]][corner[1]];
  }

  private Point between(int[] from, int[] to, double level) {
    double share = (level - height(from)) / (height(to) - height(from));
    var start = corner(from[0], from[1]);
    var end = corner(to[0], to[1]);
    return new Point(
        start.x() + share * (end.x() - start.x()), start.y() + share * (end.y() - start.y()));
  }
}
