#include "lint/support/chart_source.h"

#include <algorithm>

#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint {
namespace {

constexpr std::string_view values_api_name = "values-api.json";

void read_chart_yaml(ChartYaml& yaml, Heap& heap, const chart::LoadContext& context) {
  auto tree = yaml::Tree::read(yaml.text, context.limits);
  if (tree) yaml.tree.emplace(std::move(*tree));
  const auto read = chart::read_metadata(yaml.text, yaml.metadata, heap, false, context.helm3, context.limits);
  if (!read) yaml.error = read.error().message;
}

std::optional<chart::File> read_values_api(const ChartSource& source, const chart::LoadContext& context) {
  if (const chart::File* const file = source.find(values_api_name)) return *file;
  if (!source.is_folder) return {};
  auto text = context.files.read(source.path_of(values_api_name));
  if (!text) return {};
  const FileId id = context.sources.add(source.path_of(values_api_name), std::move(*text));
  return chart::File{std::string(values_api_name), context.sources.get(id).text(), id};
}

}  // namespace

yaml::NodeRef ChartYaml::field(yaml::NodeRef parent, std::string_view name) {
  if (!parent.is_map()) return {};
  if (const yaml::NodeRef exact = parent[name]) return exact;
  yaml::NodeRef found;
  for (const yaml::NodeRef child : parent) {
    if (strings::equal_fold(child.key(), name)) found = child;
  }
  return found;
}

Span ChartYaml::span(yaml::NodeRef node) const {
  if (!node) return {file, 0, 0};
  const yaml::TreeNode& at = *node.node();
  if (node.is_scalar() || at.key_end == at.key_begin) {
    const std::uint32_t end = node.is_scalar() ? at.end : std::min(at.end, at.begin + 1);
    if (end > at.begin) return {file, at.begin, end};
  }
  return {file, at.key_begin, at.key_end};
}

Span ChartYaml::key_span(yaml::NodeRef node) const { return {file, node.node()->key_begin, node.node()->key_end}; }

const chart::File* ChartSource::find(std::string_view name) const {
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const chart::File& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

bool ChartSource::has_below(std::string_view folder) const {
  return std::any_of(files.begin(), files.end(),
                     [&](const chart::File& file) { return file.name.starts_with(folder); });
}

std::string ChartSource::path_of(std::string_view name) const {
  return path.ends_with('/') ? path + std::string(name) : path + "/" + std::string(name);
}

std::shared_ptr<const ChartSource> read_chart_source(const std::string& path, const chart::Chart* loaded,
                                                     const chart::LoadContext& context) {
  const auto source = std::make_shared<ChartSource>();
  source->path = path;
  const auto status = context.files.status(path);
  source->is_folder = status && status->kind == FileKind::directory;
  if (loaded != nullptr) {
    source->files = loaded->raw;
  } else if (auto files = chart::read_files(path, context)) {
    source->files = std::move(*files);
  }
  source->values_api = read_values_api(*source, context);
  const chart::File* const file = source->find("Chart.yaml");
  if (file == nullptr) return source;
  ChartYaml& yaml = source->chart_yaml.emplace();
  yaml.file = file->source;
  yaml.text = file->data;
  yaml.heap_ = std::make_shared<Heap>(Heap::Options{context.limits.memory_bytes, SIZE_MAX, false});
  read_chart_yaml(yaml, *yaml.heap_, context);
  return source;
}

Span line_span(FileId file, std::string_view text, std::string_view yaml_error) {
  constexpr std::string_view mark = "line ";
  const std::size_t at = yaml_error.find(mark);
  if (at == std::string_view::npos) return {file, 0, 0};
  const std::string_view digits = yaml_error.substr(at + mark.size());
  const auto number = parse_int(digits.substr(0, digits.find_first_not_of("0123456789")), 10, 32).value;
  std::size_t begin = 0;
  for (std::int64_t line = 1; line < number; ++line) {
    const std::size_t next = text.find('\n', begin);
    if (next == std::string_view::npos) break;
    begin = next + 1;
  }
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  while (begin < end && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace rhumb::lint
