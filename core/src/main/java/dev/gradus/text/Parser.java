package dev.gradus.text;

import dev.gradus.text.Call.Argument;
import dev.gradus.text.Call.AtStep;
import dev.gradus.text.Call.Literal;
import dev.gradus.text.Call.Nested;
import dev.gradus.text.Call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads text by the grammar of this package. */
final class Parser {
  private static final int DEEPEST = 16;
  private static final int LONGEST = 2000;

  private final String text;
  private int at;

  Parser(String text) {
    if (text.length() > LONGEST) {
      throw new TextException(
          "The text has " + text.length() + " characters, but may have " + LONGEST, text, LONGEST);
    }
    this.text = text;
  }

  List<Call> pipeline() {
    var stages = new ArrayList<Call>();
    skipSpace();
    if (at == text.length()) {
      return stages;
    }
    do {
      stages.add(stage());
    } while (accept('|'));
    requireEnd();
    return stages;
  }

  Call single() {
    Call call = call(0);
    requireEnd();
    return call;
  }

  private Call stage() {
    Call call = call(0);
    int before = at;
    if (!word().equals("as")) {
      at = before;
      return call;
    }
    String label = word();
    if (label.isEmpty()) {
      throw problem("A label must follow 'as'");
    }
    return new Call(call.name(), call.arguments(), Optional.of(label), call.position());
  }

  private Call call(int depth) {
    skipSpace();
    int start = at;
    String name = word();
    if (name.isEmpty()) {
      throw problem("A name is expected");
    }
    return new Call(name, arguments(depth), Optional.empty(), start);
  }

  private List<Argument> arguments(int depth) {
    var arguments = new ArrayList<Argument>();
    if (!accept('(') || accept(')')) {
      return arguments;
    }
    if (depth == DEEPEST) {
      throw problem("Calls are nested too deeply");
    }
    do {
      arguments.add(argument(depth));
    } while (accept(','));
    if (!accept(')')) {
      throw problem("',' or ')' is expected");
    }
    return arguments;
  }

  private Argument argument(int depth) {
    skipSpace();
    int start = at;
    String name = word();
    if (!name.isEmpty() && accept('=')) {
      return new Argument(Optional.of(name), value(depth), start);
    }
    at = start;
    Value value = value(depth);
    return new Argument(
        Optional.empty(),
        value instanceof Literal key && accept(':') ? new AtStep(key, value(depth)) : value,
        start);
  }

  private Value value(int depth) {
    skipSpace();
    int start = at;
    while (at < text.length() && isPartOfValue(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw problem("A value is expected");
    }
    int end = at;
    skipSpace();
    if (at < text.length() && text.charAt(at) == '(') {
      at = start;
      return new Nested(call(depth + 1));
    }
    return new Literal(text.substring(start, end), start);
  }

  private String word() {
    skipSpace();
    int start = at;
    while (at < text.length() && isPartOfWord(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean accept(char c) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void requireEnd() {
    skipSpace();
    if (at < text.length()) {
      throw problem("'" + Character.toString(text.codePointAt(at)) + "' is not expected");
    }
  }

  private TextException problem(String sentence) {
    return new TextException(sentence, text, at);
  }

  private static boolean isPartOfWord(char c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || c == '-' || c == '_';
  }

  private static boolean isPartOfValue(char c) {
    return isPartOfWord(c) || c == '.' || c == '+' || c == '∞';
  }
}
