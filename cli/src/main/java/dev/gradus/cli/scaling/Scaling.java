package dev.gradus.cli.scaling;

import dev.gradus.cli.scaling.Rehearsed.Scheme;
import dev.gradus.scaling.Link;
import dev.gradus.scaling.Team;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How fast teams of 1, 2, 4 and more workers train.
 *
 * @param batch the examples that each worker computes in a step
 * @param links for each link the curves of all schemes
 */
public record Scaling(int batch, List<OverLink> links) {
  /** The largest team. */
  public static final int MOST = 1024;

  /** Copies the list. */
  public Scaling {
    links = List.copyOf(links);
  }

  /**
   * Curves over one link.
   *
   * @param link what every worker is connected by
   * @param curves one for each scheme, the dense one first
   */
  public record OverLink(Link link, List<Curve> curves) {
    /** Copies the list. */
    public OverLink {
      curves = List.copyOf(curves);
    }
  }

  /**
   * Teams that use one scheme.
   *
   * @param compressor the scheme as text
   * @param points by the number of workers
   */
  public record Curve(String compressor, List<Point> points) {
    /** Copies the list. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * A team.
   *
   * @param workers how many
   * @param step the mean time of a step, in seconds
   * @param examplesPerSecond of all workers together
   * @param efficiency the time of a worker alone, divided by that of a step
   */
  public record Point(int workers, double step, double examplesPerSecond, double efficiency) {}

  /**
   * Simulates teams.
   *
   * @param rehearsed what was measured
   * @param links what workers may be connected by
   * @param batch the examples that each worker computes in a step
   * @return the curves
   */
  public static Scaling of(Rehearsed rehearsed, List<Link> links, int batch) {
    return new Scaling(
        batch,
        links.stream()
            .map(
                link ->
                    new OverLink(
                        link,
                        rehearsed.schemes().stream()
                            .map(scheme -> curve(scheme, link, batch))
                            .toList()))
            .toList());
  }

  private static Curve curve(Scheme scheme, Link link, int batch) {
    return new Curve(
        scheme.compressor(),
        IntStream.iterate(1, workers -> workers <= MOST, workers -> 2 * workers)
            .mapToObj(workers -> point(scheme, new Team(workers, link), batch))
            .toList());
  }

  private static Point point(Scheme scheme, Team team, int batch) {
    double step = team.outcome(scheme.work()).step();
    double alone = new Team(1, team.link()).outcome(scheme.work()).step();
    return new Point(team.workers(), step, team.workers() * batch / step, alone / step);
  }
}
