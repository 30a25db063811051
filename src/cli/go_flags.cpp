#include "cli/go_flags.h"

#include <algorithm>

#include "rhumb/funcs/duration.h"
#include "rhumb/value/go_number.h"

namespace rhumb::cli {
namespace {

const std::vector<std::string> no_values;

bool is_bool_text(std::string_view text) {
  constexpr std::string_view texts[] = {"1", "t", "T", "true",  "TRUE",  "True",
                                        "0", "f", "F", "false", "FALSE", "False"};
  return std::find(std::begin(texts), std::end(texts), text) != std::end(texts);
}

bool is_true_text(std::string_view text) { return text == "1" || text[0] == 't' || text[0] == 'T'; }

// "-l, --labels" or "--set", as pflag names a flag in an error.
std::string display_name(const FlagRow& row) {
  const std::string name = "--" + std::string(row.name);
  return row.shorthand == 0 ? name : std::string("-") + row.shorthand + ", " + name;
}

}  // namespace

bool ParsedFlags::boolean(std::string_view name, bool otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? otherwise : is_true_text(found->second.back());
}

std::string ParsedFlags::text(std::string_view name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string(otherwise) : found->second.back();
}

const std::vector<std::string>& ParsedFlags::list(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? no_values : found->second;
}

class FlagParser {
 public:
  FlagParser(std::span<const FlagRow> rows, std::span<const std::string> arguments, ParsedFlags& parsed)
      : rows_(rows), rest_(arguments), parsed_(parsed) {}

  // As FlagSet.parseArgs.
  Result<void> parse() {
    while (!rest_.empty() && !parsed_.help) {
      const std::string argument = take();
      if (argument.size() < 2 || argument[0] != '-') {
        parsed_.arguments.push_back(argument);
        continue;
      }
      if (argument == "--") {
        parsed_.arguments.insert(parsed_.arguments.end(), rest_.begin(), rest_.end());
        return {};
      }
      auto done = argument[1] == '-' ? parse_long(argument) : parse_short(argument.substr(1));
      if (!done) return done;
    }
    return {};
  }

 private:
  std::string take() {
    std::string first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }

  Result<void> parse_long(const std::string& argument) {
    std::string name = argument.substr(2);
    if (name.empty() || name[0] == '-' || name[0] == '=') return error("bad flag syntax: " + argument);
    const std::size_t equals = name.find('=');
    const bool has_value = equals != std::string::npos;
    std::string value = has_value ? name.substr(equals + 1) : std::string();
    name = name.substr(0, equals);
    const FlagRow* const row = find(name);
    if (row == nullptr) {
      if (name != "help") return error("unknown flag: --" + name);
      parsed_.help = true;
      return {};
    }
    if (!has_value) {
      if (const auto bare = bare_value(*row); !bare.empty()) {
        value = bare;
      } else if (!rest_.empty()) {
        value = take();
      } else {
        return error("flag needs an argument: --" + name);
      }
    }
    return set(*row, value);
  }

  Result<void> parse_short(std::string shorthands) {
    while (!shorthands.empty() && !parsed_.help) {
      const char c = shorthands[0];
      const FlagRow* const row = find(c);
      if (row == nullptr) {
        if (c != 'h') return error(std::string("unknown shorthand flag: '") + c + "' in -" + shorthands);
        parsed_.help = true;
        return {};
      }
      const std::string all = shorthands;
      shorthands.erase(0, 1);
      std::string value;
      if (all.size() > 2 && all[1] == '=') {
        value = all.substr(2);
        shorthands.clear();
      } else if (const auto bare = bare_value(*row); !bare.empty()) {
        value = bare;
      } else if (all.size() > 1) {
        value = std::exchange(shorthands, {});
      } else if (!rest_.empty()) {
        value = take();
      } else {
        return error(std::string("flag needs an argument: '") + c + "' in -" + all);
      }
      if (auto done = set(*row, value); !done) return done;
    }
    return {};
  }

  const FlagRow* find(std::string_view name) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const FlagRow& row) { return row.name == name; });
    return found == rows_.end() ? nullptr : &*found;
  }
  const FlagRow* find(char shorthand) const {
    const auto found =
        std::find_if(rows_.begin(), rows_.end(), [&](const FlagRow& row) { return row.shorthand == shorthand; });
    return found == rows_.end() ? nullptr : &*found;
  }
  static std::string_view bare_value(const FlagRow& row) {
    return row.type == FlagType::boolean ? "true" : row.bare_value;
  }

  // As FlagSet.Set.
  Result<void> set(const FlagRow& row, const std::string& value) {
    if (auto stored = store(row, value); !stored) {
      return error("invalid argument " + quote(value) + " for " + quote(display_name(row)) +
                   " flag: " + stored.error().message);
    }
    if (!row.deprecated.empty()) {
      parsed_.notices.push_back("Flag --" + std::string(row.name) + " has been deprecated, " +
                                std::string(row.deprecated));
    }
    return {};
  }

  Result<void> store(const FlagRow& row, const std::string& value) {
    std::vector<std::string>& values = parsed_.values_[std::string(row.name)];
    switch (row.type) {
      case FlagType::boolean:
        if (!is_bool_text(value)) return error("strconv.ParseBool: parsing " + quote(value) + ": invalid syntax");
        break;
      case FlagType::text_slice:
      case FlagType::text_to_text: return store_list(row, value, values);
      case FlagType::duration:
        if (const auto duration = funcs::parse_duration(value); !duration) return duration.error();
        break;
      case FlagType::integer:
        if (const auto number = parse_int(value, 0, 64); !number) {
          return error(number_error("ParseInt", value, number.error));
        }
        break;
      case FlagType::float32:
        if (const auto number = parse_float(value, 32); !number) {
          return error(number_error("ParseFloat", value, number.error));
        }
        break;
      case FlagType::wait_strategy: return store_wait(value, values);
      case FlagType::post_renderer:
        if (value.empty()) return {};
        return error("plugin: {Name:" + value + " Type:postrenderer/v1} not found");
      case FlagType::text:
      case FlagType::text_array: break;
    }
    values.push_back(value);
    return {};
  }

  static Result<void> store_list(const FlagRow& row, const std::string& value, std::vector<std::string>& values) {
    if (row.type == FlagType::text_to_text) {
      const auto equals = std::count(value.begin(), value.end(), '=');
      if (equals == 0) return error(value + " must be formatted as key=value");
      if (equals == 1) {
        values.push_back(value);
        return {};
      }
    } else if (value.empty()) {
      return {};
    }
    auto record = read_csv_record(value);
    if (!record) return std::move(record).error();
    for (const std::string& item : *record) {
      if (row.type == FlagType::text_to_text && item.find('=') == std::string::npos) {
        return error(item + " must be formatted as key=value");
      }
    }
    values.insert(values.end(), record->begin(), record->end());
    return {};
  }

  // As waitValue.Set, helm 4.3.1.
  Result<void> store_wait(const std::string& value, std::vector<std::string>& values) {
    if (value == "true" || value == "false") {
      const std::string instead = value == "true" ? "watcher" : "hookOnly";
      parsed_.warnings.push_back("level=WARN msg=\"--wait=" + value +
                                 " is deprecated (boolean value) and can be replaced with --wait=" + instead + "\"");
    } else if (value != "watcher" && value != "legacy" && value != "hookOnly") {
      return error("invalid wait input " + quote(value) + ". Valid inputs are watcher, hookOnly, and legacy");
    }
    values.push_back(value);
    return {};
  }

  std::span<const FlagRow> rows_;
  std::span<const std::string> rest_;
  ParsedFlags& parsed_;
};

Result<void> parse_flags(std::span<const FlagRow> rows, std::span<const std::string> arguments, ParsedFlags& parsed) {
  return FlagParser(rows, arguments, parsed).parse();
}

namespace {

Diagnostic csv_error(std::size_t column, std::string_view what) {
  return error("parse error on line 1, column " + std::to_string(column + 1) + ": " + std::string(what));
}

}  // namespace

// As csv.Reader.readRecord with its defaults (comma ',', no lazy quotes), for one line of input.
Result<std::vector<std::string>> read_csv_record(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  if (text.empty()) return error("EOF");
  std::vector<std::string> fields;
  std::size_t at = 0;
  while (true) {
    std::string field;
    if (at < text.size() && text[at] == '"') {
      ++at;
      while (true) {
        const std::size_t mark = text.find('"', at);
        if (mark == std::string_view::npos) return csv_error(text.size(), "extraneous or missing \" in quoted-field");
        field.append(text.substr(at, mark - at));
        at = mark + 1;
        if (at < text.size() && text[at] == '"') {
          field.push_back('"');
          ++at;
        } else {
          break;
        }
      }
      if (at < text.size() && text[at] != ',' && text[at] != '\n') {
        return csv_error(at - 1, "extraneous or missing \" in quoted-field");
      }
    } else {
      const std::size_t end = std::min(text.find_first_of(",\n", at), text.size());
      const std::string_view bare = text.substr(at, end - at);
      if (const std::size_t mark = bare.find('"'); mark != std::string_view::npos) {
        return csv_error(at + mark, "bare \" in non-quoted-field");
      }
      field = bare;
      at = end;
      if (!field.empty() && field.back() == '\r' && (at == text.size() || text[at] == '\n')) field.pop_back();
    }
    fields.push_back(std::move(field));
    if (at >= text.size() || text[at] == '\n') return fields;
    ++at;
  }
}

}  // namespace rhumb::cli
