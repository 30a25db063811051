// The language of --set, --set-string, --set-file, --set-json and --set-literal: helm's package strvals.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "rhumb/base/result.h"
#include "rhumb/value/value.h"

namespace rhumb::chart {

enum class SetKind {
  typed,    // --set
  string,   // --set-string
  file,     // --set-file
  json,     // --set-json, the form key=value
  literal,  // --set-literal
};

struct SetContext {
  Heap& heap;
  bool helm3 = false;
  /// When set, what is made comes from `source`, a file of the Sources table that holds the flag's text.
  OriginTable* origins = nullptr;
  FileId source = no_file;
  /// SetKind::file only: the text of the file that a value names.
  std::function<Result<std::string>(const std::string& path)> read_file = {};
};

/// Parses one flag over the map. On an error the map may hold a part of it, as in Helm. Error texts are those of
/// package strvals, without "failed parsing --set data: ".
Result<void> parse_set(SetKind kind, std::string_view text, Map* into, const SetContext& context);

}  // namespace rhumb::chart
