import { context, Span, SpanStatusCode, trace, Tracer } from '@opentelemetry/api';
import { Tracing } from '../../kernel/tracing';

/** Spans below the current one. What a server does for itself has no trace. */
export function spansOf(tracer: Tracer): Pick<Tracing, 'span' | 'spanOf'> {
  const hasParent = (): boolean => trace.getActiveSpan() !== undefined;
  return {
    span(name, run) {
      if (!hasParent()) return run();
      return tracer.startActiveSpan(name, async (span) => {
        try {
          return await run();
        } catch (error) {
          fail(span);
          throw error;
        } finally {
          span.end();
        }
      });
    },
    spanOf: (name, read) => (hasParent() ? reading(tracer.startSpan(name), read) : read()),
  };
}

async function* reading<T>(span: Span, read: () => AsyncIterable<T>): AsyncIterable<T> {
  const within = trace.setSpan(context.active(), span);
  try {
    yield* context.with(within, read);
  } catch (error) {
    fail(span);
    throw error;
  } finally {
    span.end();
  }
}

/** Without the error: its message may have names or amounts. */
function fail(span: Span): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
}
