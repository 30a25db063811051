// Execution of templates, as text/template (Go 1.26) does it with the option missingkey=zero.
//
// One Executor per rendering, in the thread that renders. It is re-entrant: include and tpl call execute() again from
// inside of a function, through a TemplateInvoker of the caller that looks like this:
//
//   Value include(CallContext& context, std::string_view name, const Value& data) override {
//     TracedText out;                                   // count the active includes of `name` here
//     if (auto error = executor.execute(executor.current_set(), name, data, out)) throw FunctionError::of(error);
//     return context.heap.string(std::move(out));
//   }
//   Value tpl(CallContext& context, const Value& text, const Value& data) override {
//     const ParsedFile& file = ...;                     // parse_text(text, "gotpl", library), kept for the rendering
//     TemplateSet set = TemplateSet::clone(executor.current_set());
//     set.add(file);
//     if (auto error = executor.execute(set, "gotpl", data, out)) {
//       throw FunctionError::wrapping("error during tpl function execution for " + quote(text) + ": ", error);
//     }
//   }
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "rhumb/gotmpl/function_table.h"
#include "rhumb/gotmpl/template_set.h"
#include "rhumb/gotmpl/trace.h"
#include "rhumb/value/value.h"

namespace rhumb::gotmpl {

/// One link of the chain of errors that errors.Unwrap walks in Go. `text` is what Error() gives for this link, all
/// inner links included.
struct ExecError {
  enum class Kind : std::uint8_t {
    execution,    // a template.ExecError: "template: LOCATION: executing "T" at <CONTEXT>: MESSAGE"
    no_template,  // "template: no template "x" associated with template "gotpl"": no template.ExecError, but Go's
    plain,        // what a function returned or panicked with
  };

  Kind kind = Kind::plain;
  std::string text;
  // Of Kind::execution only:
  std::string template_name;  // T
  std::string location;       // "NAME:LINE:COLUMN", the column counts bytes from 0
  std::string context;        // the node, printed again
  Span span;                  // of the node; file no_file for a text that no Sources table knows

  /// `fail` and `required` (FunctionError::by_chart): the innermost message; set in every link.
  bool by_chart = false;
  std::string chart_message;

  /// Of Kind::execution: where in `text` the message begins, which is all that follows ">: ".
  std::size_t message_begin = 0;
  std::string_view message() const { return std::string_view(text).substr(message_begin); }

  /// What Unwrap gives; null at the end.
  std::shared_ptr<const ExecError> inner;
};

using ExecErrorPtr = std::shared_ptr<const ExecError>;

class Execution;

class Executor {
 public:
  Executor(const Library& library, CallContext& context);
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  /// Executes the template `name` of `set` with `dot`, as Template.ExecuteTemplate, and appends what it writes to
  /// `out`; with context.tracing() its trace too. Null when all went well; on an error `out` holds what was written
  /// before. Throws LimitError. `text`: what tpl was given, if the template is that; pieces of the output then lead on
  /// to where that text comes from.
  ExecErrorPtr execute(const TemplateSet& set, std::string_view name, const Value& dot, TracedText& out,
                       const Value* text = nullptr);

  /// The set of the innermost execution under way: where include looks names up. Only within execute().
  const TemplateSet& current_set() const;

  /// What the pieces of traced texts refer to. Its nodes are those of the templates that were executed.
  const TraceTable& traces() const;

  /// Template nodes executed so far (Limits::steps).
  std::uint64_t steps() const;

 private:
  std::unique_ptr<Execution> execution_;
};

}  // namespace rhumb::gotmpl
