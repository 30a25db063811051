#include "lint/support/program.h"

#include <algorithm>
#include <array>
#include <vector>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

constexpr std::string_view word_separators = " \t\r\n;|&()<>\"'`{}=,$";

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// A comment begins at the start of a line or behind a blank.
void append_script(std::string& out, std::string_view script) {
  for (std::string_view line : strings::split(script, "\n")) {
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
      if (at > 0 && line[at - 1] != ' ' && line[at - 1] != '\t') continue;
      line = line.substr(0, at);
      break;
    }
    if (line.ends_with('\\')) {
      out.append(line.substr(0, line.size() - 1)).append(" ");
    } else {
      out.append(line).append("\n");
    }
  }
}

bool is_shell(std::string_view word) {
  constexpr std::array<std::string_view, 6> shells{"sh", "bash", "ash", "dash", "ksh", "zsh"};
  return std::find(shells.begin(), shells.end(), last_part(word)) != shells.end();
}

/// Words of one command, but for what a shell is handed: "sh", "-ec", "set -u ...".
void append_words(std::string& out, const std::vector<std::string_view>& words) {
  bool in_shell = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_script =
        in_shell && words[i - 1].starts_with('-') && !words[i - 1].starts_with("--") && words[i - 1].ends_with('c');
    if (is_script) {
      append_script(out += '\n', words[i]);
    } else {
      out.append(i == 0 ? "" : " ").append(words[i]);
    }
    in_shell = in_shell || is_shell(words[i]);
  }
  out += '\n';
}

/// The key of a ConfigMap that a file of a volume shows; empty for none.
std::string_view key_at(Node volume, std::string_view file) {
  const Node items = volume["configMap"]["items"];
  if (!items.is_list() || items.empty()) return file;
  for (const Node item : items) {
    if (item["path"].scalar_text() == file) return item["key"].scalar_text();
  }
  return {};
}

class Scripts {
 public:
  Scripts(const Objects& objects, const Workload& workload, const Container& container)
      : objects_(objects), workload_(workload), container_(container), volumes_(manifest::volumes(workload)) {}

  /// The text behind a path in the container; none where no ConfigMap of the release holds it.
  Node find(std::string_view path) const {
    for (const manifest::Volume& volume : volumes_) {
      const Object* const map =
          objects_.find("", "ConfigMap", workload_.namespace_(), volume.node["configMap"]["name"].scalar_text());
      if (map == nullptr) continue;
      for (const manifest::Mount& mount : volume.mounts) {
        if (mount.container->node != container_.node) continue;
        const Node text = map->root["data"][key_at(volume.node, file_in(mount, path))];
        if (text.is_scalar()) return text;
      }
    }
    return {};
  }

 private:
  static std::string_view file_in(const manifest::Mount& mount, std::string_view path) {
    if (!mount.sub_path.empty()) return path == mount.path ? mount.sub_path : std::string_view();
    const std::string_view folder = strings::trim_suffix(mount.path, "/");
    if (!path.starts_with(folder) || path.size() <= folder.size() + 1 || path[folder.size()] != '/') return {};
    return path.substr(folder.size() + 1);
  }

  const Objects& objects_;
  const Workload& workload_;
  const Container& container_;
  std::vector<manifest::Volume> volumes_;
};

bool is_script_name(std::string_view word) {
  return word.ends_with(".sh") || word.ends_with(".py") || word.ends_with(".bash");
}

std::set<std::string, std::less<>> words_of(std::string_view text) {
  std::set<std::string, std::less<>> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(word_separators, at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(word_separators, begin), text.size());
    words.emplace(text.substr(begin, at - begin));
  }
  return words;
}

}  // namespace

std::set<std::string, std::less<>> Program::words() const {
  std::set<std::string, std::less<>> words = words_of(text);
  std::vector<std::string> parts;
  for (const std::string& word : words) parts.emplace_back(last_part(word));
  words.insert(parts.begin(), parts.end());
  return words;
}

Program program_of(const Objects& objects, const Workload& workload, const Container& container) {
  Program program;
  std::vector<std::string_view> given;
  for (const std::string_view field : {"command", "args"}) {
    if (!container.node[field].is_list()) continue;
    for (const Node item : container.node[field]) given.push_back(item.scalar_text());
  }
  append_words(program.text, given);
  program.is_complete = !container.node["command"].empty();
  const Scripts scripts(objects, workload, container);
  for (const std::string& word : words_of(program.text)) {
    if (const Node script = scripts.find(word)) {
      append_script(program.text, script.scalar_text());
    } else if (is_script_name(word)) {
      program.is_complete = false;
    }
  }
  return program;
}

}  // namespace rhumb::lint
