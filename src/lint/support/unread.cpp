#include "lint/support/unread.h"

#include <algorithm>
#include <map>

#include "rhumb/base/strings.h"
#include "rhumb/render/cause.h"

namespace rhumb::lint {
namespace {

struct Bytes {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool holds(const Bytes& other) const { return begin <= other.begin && other.end <= end; }
  friend bool operator==(const Bytes&, const Bytes&) = default;
  friend bool operator<(const Bytes& a, const Bytes& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  }
};

/// A file by its name: environments read values files anew, each under a number of its own.
struct FileReads {
  const ValuesFile* file = nullptr;
  /// What each of the environments that have the file leaves unread.
  std::vector<std::vector<Bytes>> unread;
};

bool is_within_archive(std::string_view name) { return strings::contains(name, ".tgz:"); }

std::map<std::string, FileReads> collect(const ChartContext& context, bool given) {
  std::map<std::string, FileReads> files;
  for (const Run* run : context.runs()) {
    std::map<std::string, std::vector<Bytes>> unread;
    for (const render::ValueRead& value : render::unread_values(*run->rendering)) {
      unread[context.sources().get(value.span.file).name()].push_back({value.span.begin, value.span.end});
    }
    std::vector<std::string> seen;  // a file that is given twice
    for (const ValuesFile& file : run->values_files) {
      const std::string& name = context.sources().get(file.source).name();
      if (file.is_given != given || file.tree == nullptr || (!given && is_within_archive(name))) continue;
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
      seen.push_back(name);
      FileReads& reads = files[name];
      reads.file = &file;
      reads.unread.push_back(unread[name]);
    }
  }
  return files;
}

/// What all of the lists have: as a whole, or as a part of something.
std::vector<Bytes> common(const std::vector<std::vector<Bytes>>& lists) {
  std::vector<Bytes> found;
  for (const auto& list : lists) {
    for (const Bytes& bytes : list) {
      const bool is_everywhere = std::all_of(lists.begin(), lists.end(), [&](const std::vector<Bytes>& other) {
        return std::any_of(other.begin(), other.end(), [&](const Bytes& outer) { return outer.holds(bytes); });
      });
      if (is_everywhere) found.push_back(bytes);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<Bytes> topmost;
  for (const Bytes& bytes : found) {
    const bool is_inside = std::any_of(found.begin(), found.end(),
                                       [&](const Bytes& outer) { return outer != bytes && outer.holds(bytes); });
    if (!is_inside) topmost.push_back(bytes);
  }
  return topmost;
}

/// The key whose value stands there; none for items of lists and for what a file has twice.
yaml::NodeRef key_at(yaml::NodeRef node, const Bytes& bytes) {
  if (!node.is_map()) return {};
  for (const yaml::NodeRef child : node) {
    const yaml::TreeNode& at = *child.node();
    if (at.begin == bytes.begin && (at.end == bytes.end || !child.is_map())) return child;
    if (at.begin <= bytes.begin && bytes.end <= at.end) {
      if (const yaml::NodeRef found = key_at(child, bytes)) return found;
    }
  }
  return {};
}

/// In the file.
KeyPath path_of(yaml::NodeRef node) {
  KeyPath path;
  for (yaml::NodeRef at = node; at.parent(); at = at.parent()) path.emplace_back(at.key());
  std::reverse(path.begin(), path.end());
  return path;
}

KeyPath scoped(const ValuesFile& file, const KeyPath& path) {
  KeyPath whole = file.scope.empty() ? KeyPath() : split_path(file.scope);
  whole.insert(whole.end(), path.begin(), path.end());
  return whole;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_byte(text[at - 1])) && (end == text.size() || !is_word_byte(text[end]))) return true;
  }
  return false;
}

/// Whether a template has the word anywhere. A null is dropped before templates could look at it: that nothing read it
/// means little.
bool is_named_in_templates(const chart::Chart& chart, std::string_view word) {
  const auto names = [&](const chart::File& file) { return has_word(file.data, word); };
  if (std::any_of(chart.templates.begin(), chart.templates.end(), names)) return true;
  return std::any_of(chart.dependencies.begin(), chart.dependencies.end(),
                     [&](const auto& dependency) { return is_named_in_templates(*dependency, word); });
}

/// Whether a text that may be a template for `tpl`, a value or a file, has ".Values." and the path in it.
bool is_named_in_texts(const chart::Chart& chart, const std::string& named) {
  const auto names = [&](const chart::File& file) {
    // What is written for people names everything that ever was.
    return !file.name.ends_with(".md") && has_word(file.data, named);
  };
  if (std::any_of(chart.files.begin(), chart.files.end(), names)) return true;
  return std::any_of(chart.dependencies.begin(), chart.dependencies.end(),
                     [&](const auto& dependency) { return is_named_in_texts(*dependency, named); });
}

bool is_named_in_values(const ChartContext& context, const std::string& named) {
  return std::any_of(context.runs().begin(), context.runs().end(), [&](const Run* run) {
    return std::any_of(run->values_files.begin(), run->values_files.end(), [&](const ValuesFile& file) {
      return has_word(context.sources().get(file.source).text(), named);
    });
  });
}

bool can_be_judged(const ChartContext& context) {
  const chart::Chart* const chart = context.chart();
  if (chart == nullptr || chart->metadata.type == "library") return false;
  return std::all_of(context.runs().begin(), context.runs().end(),
                     [](const Run* run) { return !run->failure && run->rendering != nullptr; });
}

/// A parent chart may set the key of a sub-chart that nobody reads: one fault. False where the key is new.
bool add_override(std::vector<UnreadKey>& keys, UnreadKey& key) {
  const auto known =
      std::find_if(keys.begin(), keys.end(), [&](const UnreadKey& each) { return each.path == key.path; });
  if (known == keys.end()) return false;
  if (known->scope_size < key.scope_size) std::swap(*known, key);
  known->overrides.push_back(key.span);
  known->overrides.insert(known->overrides.end(), key.overrides.begin(), key.overrides.end());
  return true;
}

}  // namespace

std::vector<UnreadKey> unread_everywhere(const ChartContext& context, bool given) {
  std::vector<UnreadKey> keys;
  if (!can_be_judged(context)) return keys;
  for (const auto& [name, reads] : collect(context, given)) {
    for (const Bytes& bytes : common(reads.unread)) {
      const yaml::NodeRef node = key_at(reads.file->tree->root(), bytes);
      if (!node || (node.is_null() && is_named_in_templates(*context.chart(), node.key()))) continue;
      const KeyPath path = path_of(node);
      const std::string named = ".Values." + join_path(path);
      if (is_named_in_values(context, named) || is_named_in_texts(*context.chart(), named)) continue;
      UnreadKey key{span_of(reads.file->source, node), scoped(*reads.file, path), reads.file->scope.size(), {}};
      if (given || !add_override(keys, key)) keys.push_back(std::move(key));
    }
  }
  return keys;
}

bool has_default(const Run& run, const KeyPath& path) {
  return std::any_of(run.values_files.begin(), run.values_files.end(), [&](const ValuesFile& file) {
    return !file.is_given && follow(file, path).depth == path.size() && follow(file, path).file != nullptr;
  });
}

std::vector<UnreadKey> unknown_keys(const ChartContext& context) {
  std::vector<UnreadKey> keys = unread_everywhere(context, true);
  std::erase_if(keys, [&](const UnreadKey& key) { return has_default(*context.runs().front(), key.path); });
  return keys;
}

}  // namespace rhumb::lint
