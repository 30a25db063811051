// What the readers of rhumb.yaml share: complaints, and the checks of keys and leaves.
//
// Every structure of the file is a table of fields. From the table come the keys that are known, the reading of each
// and the schema for editors, so that the three cannot differ.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "project/document.h"
#include "project/schema.h"
#include "rhumb/base/file_system.h"
#include "rhumb/project/project.h"

namespace rhumb::project {

/// A value with the key that it was given for.
struct Given {
  std::string_view name;
  const Node& node;
};

/// "'staging'": what somebody wrote, for messages; short, and on one line whatever it is.
std::string shown(std::string_view text);
/// The same of any node: "a list", "the text 'true'" for one in quotes.
std::string shown(const Node& node);

class Reading {
 public:
  Reading(const std::string& path, const FileSystem& files, const Sources& sources, const RuleCatalogue& catalogue);

  const FileSystem& files() const { return files_; }
  const RuleCatalogue& catalogue() const { return catalogue_; }

  /// The first complaint about a place is the one that counts.
  void complain(Span span, std::string message);
  bool complained() const { return !problems_.empty(); }
  /// All complaints as one error, a line each, by their place.
  Diagnostic problems() const;

  /// What is copied for every chart and environment is paid for; false (and a complaint) when it comes to too much.
  bool spend(std::size_t weight, Span span);

  /// Relative to the file; as the user would open it.
  std::string path_of(const std::string& text) const;
  /// "; did you mean 'staging'?", while there are few enough complaints for somebody to read it.
  std::string suggest(std::string_view name, std::span<const std::string_view> candidates) const;
  /// "; did you mean 'values/dev.yaml'?" of what lies beside a file that does not exist, as it would be written.
  std::string suggest_file(const std::string& text) const;

  /// Complains of what is no map, of keys that are not known or come twice. False: nothing of the node can be read.
  /// `what`: "an environment".
  bool check_keys(const Node& node, std::string_view what, std::span<const std::string_view> known);
  /// Complains of keys that come twice.
  void check_twice(const Node& node);

  // Each complains and gives nothing for another kind.
  std::optional<std::string> text(Given given);
  std::optional<bool> boolean(Given given);
  /// Of texts; the nodes carry their places. Null is an empty list.
  std::vector<const Node*> texts(Given given);
  void append_texts(Given given, std::vector<std::string>& into);
  /// The index among the names.
  std::optional<std::size_t> choice(Given given, std::span<const std::string_view> names);
  std::optional<std::size_t> choice_of(std::string_view name, const Node& node,
                                       std::span<const std::string_view> names);

 private:
  const FileSystem& files_;
  const Sources& sources_;
  const RuleCatalogue& catalogue_;
  std::string folder_;
  std::map<std::uint32_t, std::pair<Span, std::string>> problems_;  // by place
  std::size_t budget_ = 500'000;
};

/// "development, staging or production".
std::string alternatives(std::span<const std::string_view> names);

template <typename T>
struct Field {
  std::string_view name;
  /// For editors: one sentence.
  std::string_view help;
  Value (*schema)(SchemaBuilder&);
  void (*read)(Reading&, Given, T&);
  bool required = false;
};

template <typename T>
std::vector<std::string_view> field_names(std::span<const Field<T>> fields) {
  std::vector<std::string_view> names;
  for (const Field<T>& field : fields) names.push_back(field.name);
  return names;
}

/// In the order of the table, not of the file: later fields may need earlier ones.
template <typename T>
void read_fields(Reading& reading, const Node& node, std::string_view what, std::span<const Field<T>> fields,
                 T& target) {
  if (!reading.check_keys(node, what, field_names(fields))) return;
  for (const Field<T>& field : fields) {
    if (const Node* const value = node.find(field.name)) {
      field.read(reading, {field.name, *value}, target);
    } else if (field.required) {
      reading.complain(node.span, "'" + std::string(field.name) + "' is missing");
    }
  }
}

template <typename T>
Value fields_schema(SchemaBuilder& schema, std::span<const Field<T>> fields) {
  std::vector<SchemaProperty> properties;
  for (const Field<T>& field : fields) {
    properties.push_back({field.name, field.help, field.schema(schema), field.required});
  }
  return schema.structure(properties);
}

}  // namespace rhumb::project
