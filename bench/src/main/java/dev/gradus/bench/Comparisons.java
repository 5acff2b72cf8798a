package dev.gradus.bench;

import dev.gradus.equation.Format;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Who is compared with whom, and on which network. */
final class Comparisons {
  /**
   * One table.
   *
   * @param network a name that {@link Networks} knows
   * @param entrants the base first
   * @param place where they meet
   */
  record Comparison(String network, List<Entrant> entrants, Place place) {
    Clock clock() {
      return entrants.stream().allMatch(entrant -> entrant.threads() == 1)
          ? Clock.CORE
          : Clock.WALL;
    }
  }

  /** Where contestants meet. */
  enum Place {
    /** In this JVM, on the same memory. */
    TOGETHER,
    /** Each in a JVM of its own. */
    APART,
    /** In this JVM, beside a thread that always wants a core. */
    BESIDE_A_BUSY_LOOP
  }

  /** Drawn from the catalogue; the tests of the engines draw others in the same way. */
  private static final String SEVEN_STAGES =
      "clip-tensor as stage0 | adamp as stage1 | nadam as stage2 | clip-value as stage3"
          + " | amsgrad as stage4 | clip-tensor as stage5 | adadelta as stage6";

  private static final List<String> SIZES = List.of("1M", "4M", "25M");

  private Comparisons() {}

  static SequencedMap<String, List<Comparison>> all() {
    var all = new LinkedHashMap<String, List<Comparison>>();
    all.put("hand", on(SIZES, byHand(1)));
    all.put("hand2", on(SIZES, byHand(2)));
    all.put("passes", on(SIZES, passes(1)));
    all.put("passes2", on(SIZES, passes(2)));
    all.put("threads", on(SIZES, threads()));
    all.put("lists", on(List.of("resnet50", "mobilenet", "lenet"), lists()));
    all.put("rules", on(List.of("1M"), rules()));
    all.put("bf16", on(SIZES, formats(1)));
    all.put("bf162", on(SIZES, formats(2)));
    all.put("reports", on(List.of("1M", "mobilenet"), reports()));
    all.put("busy", beside(List.of("1M", "4M"), twoThreads()));
    if (Peer.libtorch().isPresent()) {
      all.put("libtorch", apart(against(Entrant.LIBTORCH, 1)));
      all.put("libtorch2", apart(against(Entrant.LIBTORCH, 2)));
    }
    all.put("djl", apart(against(Entrant.DJL, 1)));
    return all;
  }

  private static List<Entrant> against(String peer, int threads) {
    return List.of(Entrant.of(peer, threads), Entrant.of("adamw", threads));
  }

  private static List<Comparison> apart(List<Entrant> entrants) {
    return Stream.concat(SIZES.stream(), Stream.of("resnet50"))
        .map(network -> new Comparison(network, entrants, Place.APART))
        .toList();
  }

  private static List<Entrant> byHand(int threads) {
    return List.of(
        Entrant.of(Entrant.HAND_WRITTEN, threads),
        Entrant.of("adamw", threads),
        Entrant.of(Entrant.STREAMING, threads));
  }

  private static List<Entrant> passes(int threads) {
    return List.of(
        Entrant.of("adamw", threads),
        Entrant.of("adamw", threads).checked(),
        Entrant.of("clip-norm(1) | adamw", threads),
        Entrant.of("adamp", threads));
  }

  private static List<Entrant> threads() {
    return List.of(
        Entrant.of("adamw", 1),
        Entrant.of("adamw", 2),
        Entrant.of(Entrant.STREAMING, 1),
        Entrant.of(Entrant.STREAMING, 2));
  }

  private static List<Entrant> lists() {
    return List.of(
        Entrant.of(Entrant.STREAMING, 1),
        Entrant.of(Entrant.HAND_WRITTEN, 1),
        Entrant.of("adamw", 1),
        Entrant.of("adamp", 1));
  }

  private static List<Entrant> rules() {
    return Stream.of(
            "adamw",
            "adam",
            "adam | hybrid",
            "novograd",
            "lamb(maxGradNorm=∞)",
            "lars",
            "adamw | unit-rows",
            SEVEN_STAGES)
        .map(pipeline -> Entrant.of(pipeline, 1))
        .toList();
  }

  private static List<Entrant> formats(int threads) {
    var adamw = Entrant.of("adamw", threads);
    return List.of(adamw, adamw.in(Format.BFLOAT16));
  }

  private static List<Entrant> reports() {
    return List.of(Entrant.of("adamw", 1), Entrant.of("adamw", 1).withReports());
  }

  private static List<Entrant> twoThreads() {
    return List.of(Entrant.of("adamw", 1), Entrant.of("adamw", 2));
  }

  private static List<Comparison> beside(List<String> networks, List<Entrant> entrants) {
    return networks.stream()
        .map(network -> new Comparison(network, entrants, Place.BESIDE_A_BUSY_LOOP))
        .toList();
  }

  private static List<Comparison> on(List<String> networks, List<Entrant> entrants) {
    return networks.stream()
        .map(network -> new Comparison(network, entrants, Place.TOGETHER))
        .toList();
  }
}
