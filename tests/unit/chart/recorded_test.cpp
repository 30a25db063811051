// What Helm answered, case by case: the way of `helm template` up to the values, over files in memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "cases.h"
#include "rhumb/base/path.h"
#include "rhumb/chart/dependencies.h"
#include "rhumb/chart/loader.h"
#include "rhumb/yaml/json.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::chart::test {
namespace {

/// Relative paths are relative to the root, and stand in errors as they were given.
class WorkingFolder final : public FileSystem {
 public:
  MemoryFileSystem memory;

  Result<std::string> read(const std::string& path) const override {
    Result<std::string> text = memory.read(at(path));
    if (!text) return error(strings::replace(text.error().message, at(path), path));
    return text;
  }
  Result<FileStatus> status(const std::string& path) const override { return memory.status(at(path)); }
  Result<FileStatus> link_status(const std::string& path) const override { return memory.link_status(at(path)); }
  Result<std::vector<std::string>> list(const std::string& path) const override { return memory.list(at(path)); }
  Result<std::string> resolve(const std::string& path) const override { return memory.resolve(at(path)); }
  std::string absolute(const std::string& path) const override { return memory.absolute(at(path)); }
  Result<void> write(const std::string&, std::string_view, bool) override { return error("read only"); }
  Result<void> make_directories(const std::string&) override { return error("read only"); }
  Result<void> replace_folder(const std::string&, const std::map<std::string, std::string>&) override {
    return error("read only");
  }
  Result<std::string> read_standard_input() const override { return memory.read_standard_input(); }

 private:
  static std::string at(const std::string& path) { return path.starts_with('/') ? path : root + "/" + path; }
};

class LineLog final : public Log {
 public:
  void write(LogLevel level, std::string_view message, std::vector<LogAttribute> attributes) override {
    lines.push_back(format_log_line(level, message, attributes));
    messages.push_back(std::string(message) + "\n");
  }
  std::string sorted() const { return joined(lines); }
  std::string sorted_messages() const { return joined(messages); }

 private:
  static std::string joined(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    return strings::join(texts, "");
  }

  std::vector<std::string> lines;
  std::vector<std::string> messages;
};

/// As `dump` of the recorder: JSON in which numbers and maps show their Go types.
std::string dump(const Value& value) {
  std::string out;
  switch (value.type()) {
    case Type::nil: return "null";
    case Type::boolean: return value.as_bool() ? "true" : "false";
    case Type::string: return quote(value.as_text());
    case Type::float64: return *yaml::write_json(value);
    case Type::int64: return "int64(" + std::to_string(value.as_integer()) + ")";
    case Type::slice_any:
      if (value.is_nil_payload()) return "[]nil";
      for (const Value& item : value.as_list()) out += (out.empty() ? "" : ", ") + dump(item);
      return "[" + out + "]";
    case Type::map_any:
    case Type::map_string: {
      const std::string type = value.type() == Type::map_string ? "map[string]string" : "";
      if (value.as_map() == nullptr) return type + "{}nil";
      for (const Map::Entry& entry : value.as_map()->entries()) {
        out += (out.empty() ? "" : ", ") + quote(entry.key) + ": " + dump(entry.value);
      }
      return type + "{" + out + "}";
    }
    default: return "unexpected " + std::string(value.type_name());
  }
}

std::string shorten(std::string_view text) {
  if (text.size() <= 40) return std::string(text);
  return std::string(text.substr(0, 20)) + "... " + std::to_string(text.size()) + " bytes";
}

struct Answer {
  std::string out;
  std::string log;
  std::string error;
};

ValueOptions options_of(const Case& test) {
  ValueOptions options;
  for (const std::string& line : test.flags()) {
    const std::size_t blank = line.find(' ');
    const std::string flag = line.substr(0, blank);
    const std::string text = blank == std::string::npos ? "" : line.substr(blank + 1);
    if (flag == "-f") options.value_files.push_back(text);
    if (flag == "--set") options.values.push_back(text);
    if (flag == "--set-string") options.string_values.push_back(text);
    if (flag == "--set-file") options.file_values.push_back(text);
    if (flag == "--set-json") options.json_values.push_back(text);
    if (flag == "--set-literal") options.literal_values.push_back(text);
  }
  return options;
}

class Pipeline {
 public:
  Pipeline(const Case& test, bool traced, bool helm3 = false) : test_(test), traced_(traced), helm3_(helm3) {
    lay_out(test, files_.memory);
  }

  Answer run() {
    Answer answer;
    const Result<void> done = steps();
    if (done) {
      answer.out = out_;
    } else {
      answer.error = done.error().message + "\n";
    }
    answer.log = log_.sorted();
    return answer;
  }

  /// What helm3.cases has: values as JSON, and log messages without the form of a line.
  Answer run_helm3(bool has_chart) {
    if (!has_chart) files_.memory.add(root + "/chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n");
    Answer answer;
    const Result<Value> values = final_values();
    if (!values) {
      answer.error = values.error().message + "\n";
    } else {
      answer.out = test_.find("chart").empty() ? "values: " + *yaml::write_json(*values) + "\n" : "ok\n";
    }
    answer.log = log_.sorted_messages();
    return answer;
  }

 private:
  Result<Value> final_values() {
    const ValuesContext context{heap_, log_, nullptr, helm3_};
    const Result<Value> user = merge_value_options(options_of(test_), files_, sources_, context);
    if (!user) return user;
    const Result<std::shared_ptr<const Chart>> chart = load_chart();
    if (!chart) return chart.error();
    if (Result<void> checked = check_dependencies(**chart, helm3_); !checked) return checked.error();
    chart_ = *chart;  // the values refer to its texts
    ChartTree tree(*chart);
    if (Result<void> processed = process_dependencies(tree, *user, context); !processed) return processed.error();
    return coalesce_values(tree.root(), *user, context);
  }

  Result<void> steps() {
    OriginTable* const origins = traced_ ? &origins_ : nullptr;
    const ValuesContext context{heap_, log_, origins, false};
    const Result<Value> user = merge_value_options(options_of(test_), files_, sources_, context);
    if (!user) return user.error();
    if (test_.wants("user")) out_ += "user: " + dump(*user) + "\n";
    if (test_.find("want") == "user\n") return {};
    const Result<std::shared_ptr<const Chart>> chart = load_chart();
    if (!chart) return chart.error();
    if (!(*chart)->renderable) {
      out_ = "version 3\n";
      return {};
    }
    print_loaded(**chart);
    if (!test_.wants("values") && !test_.wants("tree") && !test_.wants("chart")) return {};
    if (Result<void> checked = check_dependencies(**chart); !checked) return checked;
    ChartTree tree(*chart);
    if (Result<void> processed = process_dependencies(tree, *user, context); !processed) return processed;
    print_tree(tree);
    const Result<Value> values = coalesce_values(tree.root(), *user, context);
    if (!values) return values.error();
    if (test_.wants("values")) out_ += "values: " + dump(*values) + "\n";
    return {};
  }

  Result<std::shared_ptr<const Chart>> load_chart() {
    std::string name(strings::trim_space(test_.find("chart")));
    if (name.empty()) name = "chart";
    const LoadContext context{files_, sources_, log_, traced_ ? &origins_ : nullptr, {}, helm3_};
    return load(root + "/" + name, context);
  }

  void print_files(std::string_view label, const std::vector<File>& files) {
    if (!test_.wants(label)) return;
    for (const File& file : files) {
      out_ += std::string(label) + ": " + quote(file.name) + " " + quote(shorten(file.data)) + "\n";
    }
  }

  void print_loaded(const Chart& chart) {
    print_files("raw", chart.raw);
    print_files("templates", chart.templates);
    print_files("files", chart.files);
    if (test_.wants("metadata")) {
      const Result<std::string> text = yaml::write_yaml(metadata_json_value(chart.metadata, heap_));
      out_ += "metadata: " + (text ? quote(*text) + " <nil>" : text.error().message) + "\n";
    }
    if (test_.wants("lock") && chart.lock) {
      out_ += "lock: " + quote(chart.lock->digest);
      for (const auto& dependency : chart.lock->dependencies) {
        out_ += " " + quote(dependency->name + " " + dependency->version);
      }
      out_ += "\n";
    }
  }

  void collect(const ChartInstance& chart, std::vector<std::string>& lines) {
    if (test_.wants("tree")) {
      std::string line = "tree: " + chart.chart_full_path() + " " + chart.chart_path();
      if (chart.metadata->dependencies) {
        for (const auto& declared : *chart.metadata->dependencies) {
          line += " " + declared->name + "=" + (declared->enabled ? "true" : "false");
        }
      }
      lines.push_back(line + "\n");
    }
    if (test_.wants("chart")) {
      lines.push_back("chart: " + chart.chart_full_path() + " " + dump(chart_value(chart, heap_)) + "\n");
    }
    for (const ChartInstance* const child : chart.dependencies()) collect(*child, lines);
  }

  void print_tree(const ChartTree& tree) {
    std::vector<std::string> lines;
    collect(tree.root(), lines);
    if (test_.wants("tree")) {
      for (const Crd& crd : crd_objects(tree.root())) lines.push_back("crd: " + crd.filename + "\n");
    }
    std::sort(lines.begin(), lines.end());
    out_ += strings::join(lines, "");
  }

  std::shared_ptr<const Chart> chart_;
  const Case& test_;
  bool traced_;
  bool helm3_;
  WorkingFolder files_;
  Sources sources_;
  OriginTable origins_;
  LineLog log_;
  Heap heap_;
  std::string out_;
};

/// Runs a table, as it is and with origins: these change nothing. A case with a known gap must differ.
void run_table(const std::string& name) {
  const std::vector<Case> cases = read_cases(std::string(RHUMB_SOURCE_DIR) + "/tests/tables/chart/" + name);
  ASSERT_FALSE(cases.empty());
  for (const Case& test : cases) {
    for (const bool traced : {false, true}) {
      SCOPED_TRACE(name + ": " + test.name + (traced ? " (traced)" : ""));
      const Answer answer = Pipeline(test, traced).run();
      if (!test.find("gap").empty()) {
        const bool equal = answer.out == test.find("out") && answer.error == test.find("error");
        EXPECT_FALSE(equal) << "the gap is closed: remove the mark";
        continue;
      }
      EXPECT_EQ(answer.out, test.find("out"));
      EXPECT_EQ(answer.log, test.find("log"));
      EXPECT_EQ(answer.error, test.find("error"));
    }
  }
}

std::string table_path(const std::string& name) {
  return std::string(RHUMB_SOURCE_DIR) + "/tests/tables/chart/" + name;
}

TEST(Recorded, Helm3) {
  std::map<std::string, std::map<std::string, Case>> inputs;
  for (const Case& expected : read_cases(table_path("helm3.cases"))) {
    const std::string table = expected.argument("from");
    if (inputs[table].empty()) {
      for (Case& test : read_cases(table_path(table))) inputs[table].emplace(test.name, test);
    }
    const Case& test = inputs[table].at(expected.name);
    const bool has_chart = std::any_of(test.sections.begin(), test.sections.end(), [](const Section& section) {
      return section.kind == "chart" || section.argument.starts_with("chart/");
    });
    SCOPED_TRACE(table + ": " + expected.name);
    const Answer answer = Pipeline(test, false, true).run_helm3(has_chart);
    if (!expected.find("gap").empty()) {
      EXPECT_FALSE(answer.out == expected.find("out") && answer.error == expected.find("error"));
      continue;
    }
    EXPECT_EQ(answer.out, expected.find("out"));
    EXPECT_EQ(answer.log, expected.find("log"));
    EXPECT_EQ(answer.error, expected.find("error"));
  }
}

TEST(Recorded, Strvals) { run_table("strvals.cases"); }
TEST(Recorded, Coalesce) { run_table("coalesce.cases"); }
TEST(Recorded, Ignore) { run_table("ignore.cases"); }
TEST(Recorded, ChartYaml) { run_table("chart_yaml.cases"); }
TEST(Recorded, Archives) { run_table("archives.cases"); }
TEST(Recorded, Folders) { run_table("folders.cases"); }

}  // namespace
}  // namespace rhumb::chart::test
