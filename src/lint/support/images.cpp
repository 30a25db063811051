#include "lint/support/images.h"

#include <fmt/format.h>

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

template <typename Is>
bool all(std::string_view text, Is is) {
  return std::all_of(text.begin(), text.end(), is);
}

void add(std::vector<ImageUse>& uses, const Workload& workload, const Container* container, Node node) {
  const std::string_view text = node.scalar_text();
  // Filled in by something else.
  if (text.empty() || strings::contains(text, "$(") || strings::contains(text, "${")) return;
  ImageUse use{&workload, container, node, text, {}, {}};
  auto reference = manifest::parse_image_reference(text);
  if (reference) {
    use.reference = std::move(*reference);
  } else {
    use.error = reference.error().message;
  }
  uses.push_back(std::move(use));
}

std::vector<std::string_view> tag_words(std::string_view tag) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= tag.size(); ++at) {
    if (at < tag.size() && tag[at] != '-' && tag[at] != '_' && tag[at] != '.' && tag[at] != '+') continue;
    if (at > begin) words.push_back(tag.substr(begin, at - begin));
    begin = at + 1;
  }
  return words;
}

/// Two numbers with a dot between: "1.25", "v0.17.1", "jdk-17.0.1". "1.x" is a line of versions.
bool has_version(std::string_view tag) {
  for (std::size_t dot = tag.find('.'); dot != std::string_view::npos; dot = tag.find('.', dot + 1)) {
    const bool is_between = dot > 0 && dot + 1 < tag.size() && is_digit(tag[dot - 1]) && is_digit(tag[dot + 1]);
    if (is_between) return tag.find(".x") == std::string_view::npos;
  }
  return false;
}

/// "20240131", "2024-01-31".
bool has_date(std::string_view tag) {
  const auto starts_year = [](std::string_view text) { return text.starts_with("20") || text.starts_with("19"); };
  const std::vector<std::string_view> words = tag_words(tag);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    word.remove_prefix(std::min(word.find_first_of("0123456789"), word.size()));
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    if (digits >= 8 && starts_year(word)) return true;
    if (digits == 4 && word.size() == 4 && starts_year(word) && i + 2 < words.size() && words[i + 1].size() == 2 &&
        is_digit(words[i + 1][0]) && is_digit(words[i + 2][0])) {
      return true;
    }
  }
  return false;
}

/// Seven hexadecimal digits or more, letters and digits; or the number of a build.
bool has_commit(std::string_view tag) {
  const std::vector<std::string_view> words = tag_words(tag);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    if (word.size() >= 8 && word.starts_with("g") && all(word.substr(1), is_hex))
      word.remove_prefix(1);  // git describe
    if (word.size() >= 7 && word.size() <= 64 && all(word, is_hex)) {
      return word.size() >= 40 || !all(word, is_lower);
    }
    const bool is_year = word.size() == 4 && (word.starts_with("19") || word.starts_with("20"));
    return word.size() >= 4 && all(word, is_digit) && !is_year;
  });
}

/// The last part of the path of images that are known to have versions of several parts: a whole number names a line.
constexpr std::string_view versioned =
    "postgres postgresql postgis pgvector timescaledb mysql mariadb percona percona-server mongo mongodb redis valkey "
    "keydb memcached rabbitmq kafka zookeeper nats etcd elasticsearch kibana logstash opensearch opensearch-dashboards "
    "solr influxdb cassandra couchdb neo4j nginx httpd apache haproxy traefik caddy varnish tomcat jetty node python "
    "pypy php ruby perl golang rust openjdk eclipse-temurin amazoncorretto gradle maven alpine debian ubuntu busybox "
    "centos rockylinux almalinux amazonlinux wordpress drupal joomla nextcloud ghost odoo keycloak vault consul "
    "registry "
    "docker grafana";

bool is_versioned(const manifest::ImageReference& image) {
  const std::vector<std::string_view> names = strings::fields(versioned);
  const std::string name = strings::to_lower(image.path.substr(image.path.rfind('/') + 1));
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A tag that begins with a number but has no version in it: "16", "v2", "3-alpine", "1.x".
std::string line_reason(const manifest::ImageReference& image) {
  const std::string_view tag = image.tag;
  const std::size_t begin = tag.starts_with('v') || tag.starts_with('V') ? 1 : 0;
  const std::size_t end = std::min(tag.find_first_not_of("0123456789", begin), tag.size());
  if (is_versioned(image) || tag.find(".x") != std::string_view::npos) {
    return fmt::format("has the tag {}, which names a line of versions and moves with each of them", tag);
  }
  // Some releases are whole numbers, and so are the numbers of builds; years are lines.
  const bool is_whole = begin == 0 && end == tag.size() && end != 4;
  if (is_whole) return {};
  const std::string_view number = tag.substr(0, end);
  return fmt::format("has the tag {}, which is no full version: where there are versions such as {}.1 it moves", tag,
                     number);
}

/// "12-debian-12-r50": the revision of a package.
bool has_revision(std::string_view tag) {
  const std::vector<std::string_view> words = tag_words(tag);
  return words.size() > 1 && words.back().size() > 1 && words.back().front() == 'r' &&
         all(words.back().substr(1), is_digit);
}

}  // namespace

std::vector<ImageUse> image_uses(Context& context) {
  std::vector<ImageUse> uses;
  for (const Workload* workload : context.all_workloads()) {
    for (const Container& container : workload->containers) add(uses, *workload, &container, container.node["image"]);
    const Node volumes = workload->pod_spec["volumes"];
    if (!volumes.is_list()) continue;
    for (const Node volume : volumes) add(uses, *workload, nullptr, volume["image"]["reference"]);
  }
  return uses;
}

Part name_part(std::string_view image) {
  const std::string_view front = image.substr(0, image.find('@'));
  const std::size_t slash = front.rfind('/');
  const std::size_t colon = front.find(':', slash == std::string_view::npos ? 0 : slash);
  return {0, std::min(colon, front.size())};
}

Part tag_part(std::string_view image) {
  const std::size_t name = name_part(image).size;
  if (name >= image.size() || image[name] != ':') return {0, image.size()};
  const std::size_t end = std::min(image.find('@'), image.size());
  return end > name + 1 ? Part{name + 1, end - name - 1} : Part{0, image.size()};
}

std::string moving_reason(const manifest::ImageReference& image, const std::vector<std::string>& moving) {
  if (!image.digest.empty()) return {};
  if (image.is_default_tag) return "has neither a tag nor a digest: it is whatever latest is when a node pulls it";
  const std::string tag = strings::to_lower(image.tag);
  const std::vector<std::string_view> words = tag_words(tag);
  const auto has_word = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (std::find(moving.begin(), moving.end(), tag) != moving.end() || has_word("latest") || has_word("snapshot")) {
    return fmt::format("has the tag {}, which moves with every build", image.tag);
  }
  if (has_version(tag) || has_date(tag) || has_commit(tag) || has_revision(tag)) return {};
  const std::string_view number = tag.starts_with('v') ? std::string_view(tag).substr(1) : std::string_view(tag);
  if (!number.empty() && is_digit(number.front())) {
    return line_reason(image);
  }
  return fmt::format("has the tag {}, which is neither a version nor a git commit", image.tag);
}

std::optional<EcrRegistry> read_ecr_registry(std::string_view domain) {
  domain = strings::trim_suffix(domain, ":443");
  EcrRegistry registry;
  const std::vector<std::string_view> parts = strings::split(domain, ".");
  const auto ends = [&](std::size_t from, std::initializer_list<std::string_view> rest) {
    return std::equal(parts.begin() + static_cast<std::ptrdiff_t>(from), parts.end(), rest.begin(), rest.end());
  };
  if (parts.size() < 5 || parts[0].size() != 12 || !all(parts[0], is_digit)) return {};
  registry.account = parts[0];
  const bool is_classic = parts[1] == "dkr" && (parts[2] == "ecr" || parts[2] == "ecr-fips") &&
                          (ends(4, {"amazonaws", "com"}) || ends(4, {"amazonaws", "com", "cn"}));
  const bool is_dual = (parts[1] == "dkr-ecr" || parts[1] == "dkr-ecr-fips") &&
                       (ends(3, {"on", "aws"}) || ends(3, {"on", "amazonwebservices", "com", "cn"}));
  if (!is_classic && !is_dual) return {};
  registry.region = parts[is_classic ? 3 : 2];
  // ap-south-1, us-gov-west-1
  const bool is_region = registry.region.size() > 6 && is_digit(registry.region.back()) &&
                         std::count(registry.region.begin(), registry.region.end(), '-') >= 2 &&
                         all(registry.region, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
  if (!is_region) return {};
  return registry;
}

}  // namespace rhumb::lint
