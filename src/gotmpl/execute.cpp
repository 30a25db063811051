#include "rhumb/gotmpl/execute.h"

#include <new>
#include <stdexcept>

#include "gotmpl/execution.h"
#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

ExecErrorPtr no_template(std::string_view name, std::string_view root) {
  const auto error = std::make_shared<ExecError>();
  error->kind = ExecError::Kind::no_template;
  error->text = "template: no template " + quote(name) + " associated with template " + quote(root);
  return error;
}

/// Sets a variable for as long as it lives.
template <typename T>
class Override {
 public:
  Override(T& variable, T value) : variable_(variable), old_(variable) { variable = value; }
  ~Override() { variable_ = old_; }
  Override(const Override&) = delete;
  Override& operator=(const Override&) = delete;

 private:
  T& variable_;
  T old_;
};

}  // namespace

Execution::Execution(const Library& library, CallContext& context) : library_(library), context_(context) {}

Execution::Scope::Scope(Execution& execution)
    : execution_(execution),
      tree_(execution.tree_),
      node_(execution.node_),
      base_(execution.base_),
      top_(execution.variables_.size()),
      place_(execution.place_) {}

Execution::Scope::~Scope() {
  execution_.tree_ = tree_;
  execution_.node_ = node_;
  execution_.base_ = base_;
  execution_.place_ = place_;
  execution_.pop_variables(top_);
}

namespace {

// A limit error that names its place already; `in_file`: one that the user can open, not in a text that tpl was given.
struct LocatedLimitError : LimitError {
  LocatedLimitError(const std::string& text, bool is_in_file) : LimitError(text), in_file(is_in_file) {}
  bool in_file;
};

}  // namespace

ExecErrorPtr Execution::execute(const TemplateSet& set, std::string_view name, const Value& dot, TracedText& out,
                                const Value* text) {
  const Tree* const tree = set.find(name);
  if (tree == nullptr) return no_template(name, set.name());
  const Scope scope(*this);
  const Override<const TemplateSet*> set_override(set_, &set);
  const Override<std::size_t> pending_override(pending_bytes_, pending_bytes_ + (out_ ? out_->text.size() : 0));
  const Override<TracedText*> out_override(out_, &out);
  const Override<std::uint32_t> depth_override(depth_, 0);
  if (context_.tracing()) place_ = called(*tree, text);
  const Override<const Value*> text_override(text_, text);
  const Override<bool> collects_override(collects_, false);
  try {
    const Operand value = Operand::of(dot);
    enter(*tree, value);
    walk_located(value, *tree->root);
  } catch (ExecFailure& failure) {
    return std::move(failure.error);
  }
  return nullptr;
}

/// A limit that is passed below gets its place here, while the place is still known.
void Execution::walk_located(const Operand& dot, const ListNode& list) {
  try {
    walk_list(dot, list);
  } catch (const LocatedLimitError& limit) {
    if (limit.in_file || !is_in_file()) throw;
    fail_limit(limit.what());
  } catch (const LimitError& limit) {
    fail_limit(limit.what());
  } catch (const std::bad_alloc&) {
    fail_limit("there is not enough memory");
  } catch (const std::length_error&) {
    fail_limit("there is not enough memory");
  }
}

bool Execution::is_in_file() const { return tree_->file->file() != no_file; }

void Execution::fail_limit(std::string_view problem) const {
  throw LocatedLimitError(location() + ": " + std::string(problem), is_in_file());
}

Executor::Executor(const Library& library, CallContext& context)
    : execution_(std::make_unique<Execution>(library, context)) {}

Executor::~Executor() = default;

ExecErrorPtr Executor::execute(const TemplateSet& set, std::string_view name, const Value& dot, TracedText& out,
                               const Value* text) {
  return execution_->execute(set, name, dot, out, text);
}

const TemplateSet& Executor::current_set() const { return execution_->current_set(); }

const TraceTable& Executor::traces() const { return execution_->traces(); }

std::uint64_t Executor::steps() const { return execution_->steps(); }

}  // namespace rhumb::gotmpl
