#include "lint/support/scrape_switches.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/support/recognize.h"
#include "lint/support/scraping.h"
#include "lint/text_place.h"
#include "rhumb/base/strings.h"
#include "rhumb/render/left_out.h"

namespace rhumb::lint {
namespace {

constexpr std::array<std::string_view, 4> switch_steps{"metrics", "exporter", "prometheus", "monitoring"};

/// How many steps from behind belong to the switch: 3 of "coordinator.metrics.jmx.enabled"; 0 where it is none.
std::size_t steps_of_switch(std::string_view key) {
  const std::vector<std::string_view> steps = strings::split(key, ".");
  if (steps.back() != "enabled") return 0;
  for (std::size_t count = 2; count <= std::min<std::size_t>(3, steps.size()); ++count) {
    const std::string_view step = steps[steps.size() - count];
    if (std::find(switch_steps.begin(), switch_steps.end(), step) != switch_steps.end()) return count;
  }
  return 0;
}

bool holds_key(Node node, std::string_view key) {
  if (!node.is_map()) return false;
  const auto entries = node.children();
  return std::any_of(entries.begin(), entries.end(),
                     [&](const yaml::TreeNode& entry) { return entry.key == key || holds_key(Node(&entry), key); });
}

/// A Service that selects a component is for that alone.
bool fits_component(std::string_view text, const Workload& workload) {
  constexpr std::string_view label = "app.kubernetes.io/component:";
  const auto own = workload.labels.find("app.kubernetes.io/component");
  bool is_free = true;
  text.remove_prefix(std::min(text.rfind("selector:"), text.size()));
  for (const std::string_view line : strings::split(text, "\n")) {
    const std::string_view trimmed = strings::trim_space(line);
    if (!trimmed.starts_with(label)) continue;
    is_free = false;
    if (own != workload.labels.end() && strings::trim_space(trimmed.substr(label.size())) == own->second) return true;
  }
  return is_free;
}

/// What the values left out of the annotations of a Service or of pods.
std::optional<render::Slot> annotations_slot(const render::Rendering& rendering, const Object& object, Node metadata) {
  const Node annotations = metadata["annotations"];
  const std::string scrape = scrape_key("scrape");
  const std::array<std::string_view, 2> keys{"annotations", scrape};
  const std::span<const std::string_view> wanted = std::span(keys).subspan(annotations ? 1 : 0);
  const Node parent = annotations.is_map() ? annotations : metadata;
  if (parent.empty()) return std::nullopt;
  // "annotations:" may stand there with nothing below it.
  const yaml::TreeNode& from = annotations ? *annotations.node() : *parent.node();
  const std::size_t first = parent.children().front().key_begin + object.offset;
  const bool is_bare = annotations && !annotations.is_map();
  const std::uint32_t column = is_bare ? 0 : render::output_place(rendering, object.file, first).column;
  return render::find_slot(rendering, object.file, from.key_end + object.offset, parent.node()->end + object.offset,
                           wanted, column);
}

/// Of "global.podAnnotations" and "web.podAnnotations" the second, which changes the fewest pods.
int nearness(std::string_view key) {
  const std::vector<std::string_view> steps = strings::split(key, ".");
  const bool is_shared = steps.front() == "global" || steps.back().starts_with("common");
  const bool is_of_pods = strings::contains(strings::to_lower(key), "pod");
  return static_cast<int>(steps.size()) + (is_of_pods ? 8 : 0) - (is_shared ? 16 : 0);
}

bool names_annotations(std::string_view key) { return strings::to_lower(key).ends_with("annotations"); }

/// A line of the branch begins with something printed, not with a key.
bool prints_map(std::string_view source) {
  constexpr std::array<std::string_view, 5> other{"if ", "else", "end", "with ", "/*"};
  const std::vector<std::string_view> lines = strings::split(source, "\n");
  return std::any_of(lines.begin(), lines.end(), [&](const std::string_view& line) {
    const std::string_view trimmed = strings::trim_space(line);
    // The first line may begin behind the brackets.
    const bool is_cut = &line == &lines.front() && trimmed.find("}}") < trimmed.find("{{");
    const std::string_view action = strings::trim(trimmed, "{- ");
    return (is_cut || trimmed.starts_with("{{")) &&
           std::none_of(other.begin(), other.end(), [&](auto word) { return action.starts_with(word); });
  });
}

/// Nothing of a value that is there: the condition does not ask for the opposite.
bool is_empty(const Run& run, const render::ValueCause& cause) {
  constexpr std::array<std::string_view, 5> empty{"", "{}", "null", "~", "[]"};
  const render::ValueLayer* const layer = winner(cause);
  if (layer == nullptr) return true;
  const std::string_view text = unquoted_text(run.rendering->sources(), layer->span);
  return std::find(empty.begin(), empty.end(), strings::trim_space(text)) != empty.end();
}

/// Narrows the slot to the map of annotations that would be written: "if .podAnnotations". False for another condition.
bool narrow_to_annotations(const Run& run, render::Slot& slot) {
  const bool is_known = std::all_of(slot.deciders.begin(), slot.deciders.end(),
                                    [&](const render::ValueCause& each) { return is_empty(run, each); });
  if (slot.keys.empty() || !is_known || !std::all_of(slot.keys.begin(), slot.keys.end(), names_annotations)) {
    return false;
  }
  slot.needed.clear();
  slot.keys = {*std::max_element(
      slot.keys.begin(), slot.keys.end(),
      [](const std::string& one, const std::string& other) { return nearness(one) < nearness(other); })};
  std::erase_if(slot.deciders, [&](const render::ValueCause& each) {
    const render::ValueLayer* const layer = winner(each);
    return layer != nullptr && !slot.keys.front().ends_with(layer->path);
  });
  return true;
}

render::Slot slot_at(render::Slot slot, Switch found) {
  // What is needed beside the switch is said after it; where the switch is not among it, it is another way in.
  if (std::erase(slot.needed, found.key) == 0) slot.needed.clear();
  slot.keys = {std::move(found.key)};
  slot.keys.insert(slot.keys.end(), slot.needed.begin(), slot.needed.end());
  slot.all_keys = true;
  slot.deciders = {std::move(found.cause)};
  return slot;
}

}  // namespace

bool needs_exporter(const Workloads& workloads, const Workload& workload) {
  constexpr std::array<std::string_view, 12> images{
      "redis",      "redis-cluster", "redis-sentinel", "redis-stack-server", "valkey",   "valkey-cluster", "memcached",
      "opensearch", "elasticsearch", "kafka",          "cp-kafka",           "cassandra"};
  for (const Container& container : workload.containers) {
    if (container.runs_on() && strings::contains(image_name(container), "exporter")) return false;
  }
  const std::vector<manifest::Port> ports = manifest::pod_ports(workload);
  const bool opens_metrics = std::any_of(ports.begin(), ports.end(), [](const manifest::Port& port) {
    return strings::contains(port.name, "metrics") || strings::contains(port.name, "prometheus");
  });
  const Container* const main = main_container(workload);
  if (opens_metrics || main == nullptr) return false;
  const std::string image = image_name(*main);
  if (std::find(images.begin(), images.end(), image) != images.end()) return true;
  // Patroni in the image of Spilo answers for the database.
  if (image.starts_with("spilo")) return false;
  const std::vector<Database> all = databases(workloads);
  return std::any_of(all.begin(), all.end(), [&](const Database& each) { return each.workload == &workload; });
}

ScrapeSwitches::ScrapeSwitches(const Run& run) : run_(run) {
  if (run.rendering != nullptr) services_ = render::left_out_objects(*run.rendering, "Service", scrape_key("scrape"));
}

/// Something must say that the annotation would be written: the template, or the values beside the switch.
std::optional<Switch> ScrapeSwitches::switch_of(const render::Slot& slot, std::string_view text) const {
  const std::string scrape = scrape_key("scrape");
  for (Switch& each : switches_of(run_, slot)) {
    if (steps_of_switch(each.key) == 0) continue;
    Node map = map_around(run_, each.key);
    if (strings::contains(text, scrape) || holds_key(map, scrape)) return std::move(each);
    // "metrics.jmx.enabled": the annotations stand below "metrics".
    if (steps_of_switch(each.key) == 3 && holds_key(map.parent(), scrape)) return std::move(each);
  }
  return std::nullopt;
}

/// A branch that would make the annotations, to be written later: "$annotations = dict ...".
std::optional<render::Slot> ScrapeSwitches::find_made(const Object& object) const {
  const yaml::TreeNode& root = *object.root.node();
  const std::string scrape = scrape_key("scrape");
  for (render::LeftOutBranch& branch :
       render::left_out_branches(*run_.rendering, object.file, root.begin + object.offset, root.end + object.offset)) {
    if (!strings::contains(branch.source, scrape)) continue;
    if (auto found = switch_of(branch.slot, branch.source)) return slot_at(std::move(branch.slot), std::move(*found));
  }
  return std::nullopt;
}

/// With what its actions say: an annotation may be made by `dict`.
std::string_view ScrapeSwitches::template_of(const render::LeftOutObject& object) const {
  const Span branch = object.slot.branch;
  return branch.known() ? run_.rendering->sources().get(branch.file).text() : std::string_view(object.text);
}

std::optional<render::Slot> ScrapeSwitches::find_map(const Workload& workload) const {
  const Node annotations = workload.pod_metadata["annotations"];
  if (run_.rendering == nullptr || !annotations) return std::nullopt;
  const Object& object = *workload.object;
  std::optional<render::Slot> best;
  for (render::LeftOutBranch& branch :
       render::left_out_branches(*run_.rendering, object.file, annotations.node()->key_end + object.offset,
                                 annotations.node()->end + object.offset)) {
    if (!prints_map(branch.source) || !narrow_to_annotations(run_, branch.slot)) continue;
    const bool is_better = !best || nearness(best->keys.front()) < nearness(branch.slot.keys.front());
    if (is_better) best = std::move(branch.slot);
  }
  return best;
}

std::optional<render::Slot> ScrapeSwitches::find(const Workloads& workloads, const Workload& workload) const {
  if (run_.rendering == nullptr) return std::nullopt;
  std::vector<std::pair<const Object*, Node>> places{{workload.object, workload.pod_metadata}};
  for (const Object* service : workloads.services(workload)) places.emplace_back(service, service->metadata());
  for (const auto& [object, metadata] : places) {
    auto slot = annotations_slot(*run_.rendering, *object, metadata);
    auto found = slot ? switch_of(*slot, {}) : std::nullopt;
    if (found) return slot_at(std::move(*slot), std::move(*found));
    if (auto made = find_made(*object)) return made;
  }
  std::optional<render::Slot> best;
  int best_kinship = 0;
  const bool takes_exporters = needs_exporter(workloads, workload);
  for (const render::LeftOutObject& service : services_) {
    if (!takes_exporters && !fits_component(service.text, workload)) continue;
    auto found = switch_of(service.slot, template_of(service));
    if (!found) continue;
    const int near = kinship(run_, workload, service, found->key, steps_of_switch(found->key));
    if (near <= best_kinship) continue;
    best_kinship = near;
    best = slot_at(service.slot, std::move(*found));
  }
  return best;
}

}  // namespace rhumb::lint
