package dev.gradus.safetensors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsMalformedTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          [1]                                                              ! does not start with '{'
          ` {}`                                                            ! does not start with '{'
          ``                                                               ! does not start with '{'
          {                                                                ! '"' was expected
          {}}                                                              ! text behind the end of the JSON object
          {,}                                                              ! '"' was expected
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}          ! '"' was expected
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}            ! '}' was expected
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],}}          ! '"' was expected
          {"w":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}}          ! a whole number from 0 was expected
          {"w":{"dtype":"F32","shape":[1]"data_offsets":[0,4]}}            ! '}' was expected
          {"w" {"dtype":"F32","shape":[1],"data_offsets":[0,4]}}           ! ':' was expected
          {"w":[1]}                                                        ! '{' was expected
          {"w":null}                                                       ! '{' was expected
          {"w":{}}                                                         ! tensor "w" lacks its dtype, shape or data_offsets
          {"w":{"shape":[1],"data_offsets":[0,4]}}                         ! tensor "w" lacks its dtype, shape or data_offsets
          {"w":{"dtype":"F32","data_offsets":[0,4]}}                       ! tensor "w" lacks its dtype, shape or data_offsets
          {"w":{"dtype":"F32","shape":[1]}}                                ! tensor "w" lacks its dtype, shape or data_offsets
          {"w":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}           ! tensor "w" has the unknown dtype "F31"
          {"w":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}           ! tensor "w" has the unknown dtype "f32"
          {"w":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}              ! '"' was expected
          {"w":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}             ! '[' was expected
          {"w":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}         ! a whole number from 0 was expected
          {"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}          ! a whole number from 0 was expected
          {"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}         ! a whole number from 0 was expected
          {"w":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}         ! a whole number from 0 was expected
          {"w":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}          ! a whole number from 0 was expected
          {"w":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}         ! a whole number from 0 was expected
          {"w":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}} ! the number "9223372036854775808" is too large
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}             ! tensor "w" has 1 data_offsets instead of 2
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}         ! tensor "w" has a list of more than 2 numbers
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}     ! tensor "w" has the unknown key "x"
          {"w":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}     ! the key "dtype" appears twice
          {"__metadata__":{"k":1}}                                         ! '"' was expected
          {"__metadata__":{"k":{"l":"m"}}}                                 ! '"' was expected
          {"__metadata__":{"k":"v","k":"v"}}                               ! the key "k" appears twice
          {"__metadata__":{},"__metadata__":{}}                            ! the key "__metadata__" appears twice
          {"__metadata__":"text"}                                          ! '{' was expected
          {"__metadata__":{"k":"no end}}                                   ! a string has no end
          {"__metadata__":{"k":"\\x"}}                                     ! an unknown escape
          {"__metadata__":{"k":"\\u12g4"}}                                 ! four hexadecimal digits
          {"__metadata__":{"k":"\\ud83d"}}                                 ! half of a surrogate pair
          {"__metadata__":{"k":"\\ud83d\\u0041"}}                          ! half of a surrogate pair
          {"__metadata__":{"k":"\\ude00"}}                                 ! half of a surrogate pair
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}           ! tensor "w" lies at the bytes 4 to 0 and ends before it begins
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,3]}}           ! has another size, as its shape [1] of F32 needs 4 bytes
          {"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}} ! tensor "w" has the shape [4294967296, 4294967296] of F32 that is too large
          {"w":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}            ! the shape [3] of F4 that does not fill whole bytes
          {"v":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"w":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} ! tensor "w" lies at the bytes 1 to 3 and overlaps
          {"v":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"w":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}} ! tensor "w" lies at the bytes 3 to 4 and leaves a hole
          {"w":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}            ! leaves a hole
          {"w":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}            ! its last 1 bytes belong to no tensor
          {}                                                               ! its last 4 bytes belong to no tensor
          {"w":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}            ! but the file has only 4 bytes of data; it seems to be cut short
          {"w":{"dtype":"U8","shape":[1152921504606846975],"data_offsets":[0,1152921504606846975]}} ! but the file has only 4 bytes
          """)
  void headersThatAreWrong(String header, String finding) throws IOException {
    assertRefused(FileBytes.of(header, 4), finding);
  }

  @Test
  void stringsThatAreWrong() throws IOException {
    assertRefused(header("{\"\u0001\":1}"), "a string contains a control character");
    assertRefused(header("{\"\u00ff\":1}"), "a string is not valid UTF-8");
    assertRefused(header("{\"\u00c0\u0080\":1}"), "a string is not valid UTF-8");
    assertRefused(header("{\"\u00ed\u00a0\u0080\":1}"), "a string is not valid UTF-8");
    assertRefused(header("{}\u00a0"), "text behind the end");
  }

  @Test
  void filesThatAreCutShort() throws IOException {
    assertRefused(new byte[0], "its 0 bytes are too few for a header length");
    assertRefused(new byte[7], "its 7 bytes are too few for a header length");
    assertRefused(new byte[8], "does not start with '{'");
    byte[] header = {'{', '}'};
    assertRefused(
        FileBytes.of(3, header, 0), "its header of 3 bytes is longer than the file of 10");
  }

  @Test
  void headerLengthsBeyondTheLimit() throws IOException {
    byte[] header = {'{', '}'};
    assertRefused(
        FileBytes.of(100_000_001, header, 0),
        "its header length is 100000001 bytes, more than the limit of 100000000");
    assertRefused(
        FileBytes.of(-1, header, 0), "its header length is 18446744073709551615 bytes, more");
  }

  @Test
  void moreDimensionsThanTheLimit() throws IOException {
    String shape = "1,".repeat(Dtype.LARGEST_RANK) + "1";
    assertRefused(
        header("{\"w\":{\"dtype\":\"U8\",\"shape\":[" + shape + "],\"data_offsets\":[0,1]}}"),
        "tensor \"w\" has a list of more than 64 numbers");
  }

  @Test
  void aHostileNameIsShownShortAndPlain() throws IOException {
    String name = "a\\n\\u001b\\u202e" + "x".repeat(10_000);
    assertRefused(
        header("{\"" + name + "\":{}}"), "tensor \"a???" + "x".repeat(96) + "...\" lacks");
  }

  @Test
  void whatIsNoRegularFile() {
    Path missing = folder.resolve("missing");
    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> SafetensorsFile.open(missing, arena))
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot read " + missing + ": it does not exist; check the path.");
      assertThatThrownBy(() -> SafetensorsFile.open(folder, arena))
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot read " + folder + ": it is not a regular file; check the path.");
    }
  }

  private static byte[] header(String text) {
    return FileBytes.of(text.getBytes(ISO_8859_1), 0);
  }

  private void assertRefused(byte[] bytes, String finding) throws IOException {
    Path file = folder.resolve("wrong.safetensors");
    Files.write(file, bytes);
    try (var arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> SafetensorsFile.open(file, arena))
          .isInstanceOf(SafetensorsException.class)
          .hasMessageStartingWith(file + " is not a valid safetensors file: ")
          .hasMessageContaining(finding)
          .hasMessageEndingWith(".")
          .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
    }
  }
}
