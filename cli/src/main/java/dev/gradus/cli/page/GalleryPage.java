package dev.gradus.cli.page;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.toy.Contours;
import dev.gradus.cli.toy.Exhibit;
import dev.gradus.cli.toy.Landscape;
import dev.gradus.cli.toy.Point;
import dev.gradus.cli.toy.Walk;
import dev.gradus.cli.toy.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every rule on functions of two weights.
 *
 * @param grounds what is the same in all drawings of a function
 * @param halls rules that belong together
 */
public record GalleryPage(List<Ground> grounds, List<Hall> halls) {
  /** How wide a drawing is. */
  public static final int WIDTH = 200;

  /** How high a drawing is. */
  public static final int HEIGHT = 160;

  private static final double NEAR = 0.7;

  /**
   * A function.
   *
   * @param id by which drawings refer to it
   * @param title what people call it
   * @param formula the function
   * @param steps how many steps ways have
   * @param contours lines of equal height, pairs of coordinates as SVG takes them
   * @param start where ways begin
   * @param lowest the lowest point; nothing if there is more than one
   */
  public record Ground(
      String id,
      String title,
      String formula,
      int steps,
      List<String> contours,
      Spot start,
      Optional<Spot> lowest) {
    /** Copies the list. */
    public Ground {
      contours = List.copyOf(contours);
    }
  }

  /**
   * A place in a drawing.
   *
   * @param x from the left
   * @param y from the top
   */
  public record Spot(String x, String y) {}

  /**
   * Rules that belong together.
   *
   * @param heading what they are
   * @param rooms a rule each
   */
  public record Hall(String heading, List<Room> rooms) {
    /** Copies the list. */
    public Hall {
      rooms = List.copyOf(rooms);
    }
  }

  /**
   * A rule.
   *
   * @param name what text calls it
   * @param pipeline in which pipeline it is shown
   * @param alone the pipeline without it; empty for an optimizer
   * @param summary what it does, in a sentence
   * @param drawings one for each ground
   */
  public record Room(
      String name, String pipeline, String alone, String summary, List<Drawing> drawings) {
    /** Copies the list. */
    public Room {
      drawings = List.copyOf(drawings);
    }
  }

  /**
   * A way over a ground.
   *
   * @param ground the ground's id
   * @param way pairs of coordinates as SVG takes them
   * @param other the way without the rule; empty for an optimizer
   * @param end where the way ends
   * @param caption the ground and the learning rate
   * @param text the drawing in words
   */
  public record Drawing(
      String ground, String way, String other, Spot end, String caption, String text) {}

  /** Copies the lists. */
  public GalleryPage {
    grounds = List.copyOf(grounds);
    halls = List.copyOf(halls);
  }

  /**
   * Lays the ways of rules out.
   *
   * @param halls every rule with its ways
   * @return the page
   */
  public static GalleryPage of(List<Exhibit.Hall> halls) {
    return new GalleryPage(
        Landscape.ALL.stream().map(GalleryPage::ground).toList(),
        halls.stream()
            .map(
                hall ->
                    new Hall(
                        hall.heading(), hall.exhibits().stream().map(GalleryPage::room).toList()))
            .toList());
  }

  private static Ground ground(Landscape landscape) {
    var contours = new Contours(landscape);
    var window = landscape.window();
    return new Ground(
        id(landscape),
        landscape.title(),
        landscape.formula(),
        landscape.steps(),
        Arrays.stream(contours.levels())
            .boxed()
            .flatMap(level -> contours.lines(level).stream())
            .map(line -> path(line, window))
            .toList(),
        spot(landscape.start(), window),
        landscape.minimum().map(lowest -> spot(lowest, window)));
  }

  private static String id(Landscape landscape) {
    return "ground-" + Landscape.ALL.indexOf(landscape);
  }

  private static Room room(Exhibit exhibit) {
    var alone = exhibit.alone().map(Object::toString).orElse("");
    return new Room(
        exhibit.type().name(),
        exhibit.pipeline().toString(),
        alone,
        exhibit.type().documentation().summary(),
        IntStream.range(0, exhibit.ways().size())
            .mapToObj(
                i ->
                    drawing(
                        exhibit.ways().get(i),
                        alone.isEmpty() ? List.of() : exhibit.others().get(i).points()))
            .toList());
  }

  private static Drawing drawing(Walk walk, List<Point> other) {
    var landscape = walk.landscape();
    var window = landscape.window();
    var rate = "rate " + Axis.shortened(walk.group().learningRate());
    return new Drawing(
        id(landscape),
        path(walk.points(), window),
        path(other, window),
        spot(walk.end(), window),
        "%s, %s".formatted(landscape.title(), rate),
        "%s: %s after %d steps with %s"
            .formatted(
                landscape.title(),
                Figures.number(landscape.value(walk.end())),
                walk.points().size() - 1,
                rate));
  }

  /** Leaves out what a drawing of this size cannot show. */
  private static String path(List<Point> points, Window window) {
    var kept = new ArrayList<Point>();
    for (var point : points) {
      var place = place(point, window);
      if (kept.isEmpty() || kept.getLast().distance(place) > NEAR) {
        kept.add(place);
      }
    }
    return kept.stream()
        .map(place -> text(place.x()) + "," + text(place.y()))
        .collect(Collectors.joining(" "));
  }

  private static Spot spot(Point point, Window window) {
    var place = place(point, window);
    return new Spot(text(place.x()), text(place.y()));
  }

  private static Point place(Point point, Window window) {
    return new Point(
        WIDTH * (point.x() - window.left()) / (window.right() - window.left()),
        HEIGHT * (window.top() - point.y()) / (window.top() - window.bottom()));
  }

  private static String text(double coordinate) {
    return Coordinate.text(Math.round(10 * Math.clamp(coordinate, -1e4, 1e4)) / 10.0);
  }
}
