import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

// Checks the POMs of a release, and everything else in it, against the rules of Maven Central and
// our own.
//   java build/CheckRelease.java target/staging
//   java build/CheckRelease.java poms             those that the build has flattened

static final List<String> NEEDED =
    List.of(
        "name",
        "description",
        "url",
        "licenses/license/name",
        "licenses/license/url",
        "developers/developer/name",
        "scm/url",
        "scm/connection",
        "scm/developerConnection",
        "issueManagement/url");

/** What belongs to the build, what leads elsewhere, and what a consumer would have to work out. */
static final List<String> FORBIDDEN =
    List.of(
        "parent",
        "build",
        "modules",
        "properties",
        "repositories",
        "pluginRepositories",
        "distributionManagement",
        "//dependency[not(version)]",
        "//dependency[scope='test' or scope='system' or scope='import']",
        "//*[not(*)][contains(., '${') or contains(., 'SNAPSHOT')]",
        "profiles/profile[not(activation/os)]",
        "profiles/profile/activation/*[not(self::os)]",
        "profiles/profile/*[not(self::id or self::activation or self::dependencies)]");

static final Map<String, String> CHECKSUMS =
    Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

static final XPath XPATH = XPathFactory.newInstance().newXPath();

final List<String> faults = new ArrayList<>();

void main(String[] arguments) throws Exception {
  int checked =
      arguments[0].equals("poms")
          ? checkPoms(find(Path.of(""), "flattened-pom.xml"::equals))
          : checkStaging(Path.of(arguments[0]));
  require(checked > 0, "There is nothing to check.");
  faults.forEach(IO::println);
  IO.println("release: %d POMs checked, %d faults".formatted(checked, faults.size()));
  System.exit(faults.isEmpty() ? 0 : 1);
}

void require(boolean holds, String fault) {
  if (!holds) {
    faults.add(fault);
  }
}

int checkStaging(Path staging) throws Exception {
  var poms = find(staging, name -> name.endsWith(".pom"));
  for (Path pom : poms) {
    checkFolder(pom.getParent(), pom.getFileName().toString().replaceAll("\\.pom$", ""));
  }
  return checkPoms(poms);
}

List<Path> find(Path folder, Predicate<String> name) throws IOException {
  try (var files = Files.walk(folder)) {
    return files.filter(file -> name.test(file.getFileName().toString())).sorted().toList();
  }
}

int checkPoms(List<Path> poms) throws Exception {
  var jars = new TreeSet<String>();
  var managed = new TreeSet<String>();
  for (Path file : poms) {
    var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    checkPom(file, pom);
    if (isBom(pom)) {
      managed.addAll(ours(pom));
    } else {
      jars.add(text(pom, "artifactId") + ":" + text(pom, "version"));
    }
  }
  require(managed.equals(jars), "The BOM manages " + managed + ", the release has " + jars + ".");
  return poms.size();
}

void checkPom(Path file, Document pom) throws XPathException {
  for (String path : NEEDED) {
    require(!text(pom, path).isBlank(), file + " has no " + path + ".");
  }
  for (String path : FORBIDDEN) {
    require(nodes(pom, path).getLength() == 0, file + " must not have " + path + ".");
  }
}

boolean isBom(Document pom) throws XPathException {
  return text(pom, "packaging").equals("pom");
}

Set<String> ours(Document bom) throws XPathException {
  var managed = nodes(bom, "dependencyManagement//dependency[groupId='dev.gradus']");
  var result = new TreeSet<String>();
  for (int i = 0; i < managed.getLength(); i++) {
    result.add(XPATH.evaluate("concat(artifactId, ':', version)", managed.item(i)));
  }
  return result;
}

String text(Document pom, String path) throws XPathException {
  return XPATH.evaluate(path, pom.getDocumentElement());
}

NodeList nodes(Document pom, String path) throws XPathException {
  return (NodeList) XPATH.evaluate(path, pom.getDocumentElement(), XPathConstants.NODESET);
}

/** The files of one module's version. */
void checkFolder(Path folder, String stem) throws Exception {
  var expected = new TreeSet<>(Set.of(stem + ".pom"));
  if (!stem.startsWith("gradus-bom-")) {
    expected.addAll(Set.of(stem + ".jar", stem + "-sources.jar", stem + "-javadoc.jar"));
  }
  var found = names(folder);
  require(found.equals(expected), folder + " has " + found + " instead of " + expected + ".");
  for (String name : found) {
    checkSignature(folder, name);
    checkChecksums(folder.resolve(name));
  }
  if (found.equals(expected) && expected.size() > 1) {
    checkJars(folder, stem);
  }
}

/** The names of the files that are signed. */
Set<String> names(Path folder) throws IOException {
  return find(folder, name -> !name.matches(".*\\.(asc|md5|sha1|sha256|sha512)")).stream()
      .filter(Files::isRegularFile)
      .map(file -> file.getFileName().toString())
      .collect(Collectors.toCollection(TreeSet::new));
}

void checkSignature(Path folder, String name) throws IOException {
  var signature = folder.resolve(name + ".asc");
  require(
      Files.exists(signature)
          && Files.readString(signature).startsWith("-----BEGIN PGP SIGNATURE-----"),
      signature + " is no signature.");
}

void checkChecksums(Path file) throws IOException, GeneralSecurityException {
  for (var kind : CHECKSUMS.entrySet()) {
    var digest = MessageDigest.getInstance(kind.getValue()).digest(Files.readAllBytes(file));
    var checksum = Path.of(file + "." + kind.getKey());
    require(
        Files.exists(checksum)
            && Files.readString(checksum).strip().equals(HexFormat.of().formatHex(digest)),
        checksum + " is not the checksum of the file.");
  }
}

void checkJars(Path folder, String stem) throws IOException {
  var classes = entries(folder.resolve(stem + ".jar"));
  var sources = packages(entries(folder.resolve(stem + "-sources.jar")), ".java");
  require(classes.contains("META-INF/LICENSE"), stem + ".jar has no licence.");
  require(
      !sources.isEmpty() && sources.equals(packages(classes, ".class")),
      stem + "-sources.jar has other packages than the classes.");
  require(
      entries(folder.resolve(stem + "-javadoc.jar")).contains("index.html"),
      stem + "-javadoc.jar has no index.");
}

List<String> entries(Path jar) throws IOException {
  try (var zip = new ZipFile(jar.toFile())) {
    return zip.stream().map(Object::toString).toList();
  }
}

Set<String> packages(List<String> entries, String ending) {
  return entries.stream()
      .filter(name -> name.endsWith(ending))
      .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
      .collect(Collectors.toCollection(TreeSet::new));
}
