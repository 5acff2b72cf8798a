package dev.gradus.djl;

import dev.gradus.exchange.Collectives;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What all workers tell each other, by rank. */
final class Conversation {
  private static final String BETWEEN = "\u0000";

  private final Collectives collectives;

  Conversation(Collectives collectives) {
    this.collectives = collectives;
  }

  List<Vote> votes(Vote own) {
    return all(own.bytes()).stream().map(Vote::of).toList();
  }

  List<List<Milestone>> milestones(List<Milestone> own) {
    var numbers =
        own.stream().flatMap(each -> Stream.of(each.step(), (long) each.workers())).toList();
    return numbers(numbers).stream().map(Conversation::paired).toList();
  }

  private static List<Milestone> paired(List<Long> numbers) {
    return IntStream.range(0, numbers.size() / 2)
        .mapToObj(i -> new Milestone(numbers.get(2 * i), numbers.get(2 * i + 1).intValue()))
        .toList();
  }

  List<List<Long>> numbers(List<Long> own) {
    var bytes = ByteBuffer.allocate(own.size() * Long.BYTES);
    own.forEach(bytes::putLong);
    return all(bytes.flip()).stream().map(Conversation::numbers).toList();
  }

  List<List<Double>> measurements(List<Double> own) {
    return numbers(own.stream().map(Double::doubleToRawLongBits).toList()).stream()
        .map(bits -> bits.stream().map(Double::longBitsToDouble).toList())
        .toList();
  }

  private static List<Long> numbers(ByteBuffer bytes) {
    return LongStream.range(0, bytes.remaining() / Long.BYTES)
        .map(_ -> bytes.getLong())
        .boxed()
        .toList();
  }

  List<SequencedMap<String, String>> facts(SequencedMap<String, String> own) {
    var texts = own.entrySet().stream().map(each -> each.getKey() + BETWEEN + each.getValue());
    var bytes = String.join(BETWEEN, texts.toList()).getBytes(StandardCharsets.UTF_8);
    return all(ByteBuffer.wrap(bytes)).stream().map(Conversation::facts).toList();
  }

  private static SequencedMap<String, String> facts(ByteBuffer bytes) {
    var texts = StandardCharsets.UTF_8.decode(bytes).toString().split(BETWEEN, -1);
    var facts = new LinkedHashMap<String, String>();
    for (int at = 0; at + 1 < texts.length; at += 2) {
      facts.put(texts[at], texts[at + 1]);
    }
    return facts;
  }

  private List<ByteBuffer> all(ByteBuffer own) {
    return collectives.allGather(MemorySegment.ofBuffer(own)).stream()
        .map(MemorySegment::asByteBuffer)
        .toList();
  }
}
