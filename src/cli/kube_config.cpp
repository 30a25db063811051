// The namespace of a kubeconfig's current context: the one thing of it that changes what a chart renders.
#include "cli/template_options.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::cli {
namespace {

struct KubeConfig {
  std::string current_context;
  // Context name -> namespace; the first file that names a context wins, as in client-go.
  std::vector<std::pair<std::string, std::string>> contexts;
};

std::string text_at(const Map& map, std::string_view key) {
  const Value* const value = map.find(key);
  return value != nullptr && value->is_string() ? std::string(value->as_text()) : std::string();
}

void read_context(const Value& entry, KubeConfig& config) {
  if (!entry.is_map() || entry.as_map() == nullptr) return;
  const Value* const context = entry.as_map()->find("context");
  const bool has_map = context != nullptr && context->is_map() && context->as_map() != nullptr;
  config.contexts.emplace_back(text_at(*entry.as_map(), "name"),
                               has_map ? text_at(*context->as_map(), "namespace") : std::string());
}

void read_file(const std::string& path, const FileSystem& files, KubeConfig& config) {
  const auto text = files.read(path);
  if (!text) return;
  Heap heap;
  const auto root = yaml::read_yaml(*text, heap, {});
  if (!root || !root->is_map() || root->as_map() == nullptr) return;
  if (config.current_context.empty()) config.current_context = text_at(*root->as_map(), "current-context");
  if (const Value* const contexts = root->as_map()->find("contexts"); contexts != nullptr && contexts->is_list()) {
    for (const Value& entry : contexts->as_list()) read_context(entry, config);
  }
}

KubeConfig read_config(const ParsedFlags& flags, Process& process) {
  KubeConfig config;
  std::string paths = flags.text("kubeconfig");
  if (!paths.empty()) {
    read_file(paths, process.files, config);
    return config;
  }
  paths = process.host.environment("KUBECONFIG").value_or("");
  if (paths.empty()) paths = process.host.environment("HOME").value_or("") + "/.kube/config";
  for (std::size_t begin = 0; begin <= paths.size();) {
    const std::size_t end = std::min(paths.find(':', begin), paths.size());
    if (end > begin) read_file(paths.substr(begin, end - begin), process.files, config);
    begin = end + 1;
  }
  return config;
}

}  // namespace

std::string effective_namespace(const ParsedFlags& flags, Process& process) {
  std::string given =
      flags.changed("namespace") ? flags.text("namespace") : process.host.environment("HELM_NAMESPACE").value_or("");
  if (!given.empty()) return given;
  const KubeConfig config = read_config(flags, process);
  std::string wanted = flags.text("kube-context", process.host.environment("HELM_KUBECONTEXT").value_or(""));
  if (wanted.empty()) wanted = config.current_context;
  for (const auto& [name, space] : config.contexts) {
    if (name == wanted && !space.empty()) return space;
  }
  return "default";
}

}  // namespace rhumb::cli
