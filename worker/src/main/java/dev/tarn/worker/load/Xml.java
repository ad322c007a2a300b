package dev.tarn.worker.load;

import dev.tarn.worker.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** A part of a workbook, element by element. Document types, and with them entities of any kind, are refused. */
final class Xml implements AutoCloseable {
    private static final XMLInputFactory FACTORY = factory();
    private static final int LONGEST_TEXT = 64 << 20;

    private final String file;
    private final InputStream in;
    private final XMLStreamReader reader;

    private Xml(String file, InputStream in, XMLStreamReader reader) {
        this.file = file;
        this.in = in;
        this.reader = reader;
    }

    static Xml of(String file, InputStream in) throws IOException {
        try {
            return new Xml(file, in, FACTORY.createXMLStreamReader(in));
        } catch (XMLStreamException e) {
            in.close();
            throw damaged(file, e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    /** Moves to the next beginning or end of an element; false at the end. */
    boolean next() throws IOException {
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw SourceException.badFile(file + " holds a document type, which no workbook has");
                }
                if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw damaged(file, e);
        }
    }

    boolean isStart() {
        return reader.getEventType() == XMLStreamConstants.START_ELEMENT;
    }

    boolean starts(String name) {
        return isStart() && reader.getLocalName().equals(name);
    }

    boolean ends(String name) {
        return !isStart() && reader.getLocalName().equals(name);
    }

    String name() {
        return reader.getLocalName();
    }

    @Nullable
    String attribute(String name) {
        return reader.getAttributeValue(null, name);
    }

    @Nullable
    String attribute(String namespace, String name) {
        return reader.getAttributeValue(namespace, name);
    }

    /** Whether an attribute of XML's type boolean is there and true. */
    boolean isTrue(String name) {
        String value = attribute(name);
        return "1".equals(value) || "true".equals(value);
    }

    int number(String name, int otherwise) throws SourceException {
        String value = attribute(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw SourceException.badFile(file + " is damaged: '" + Faults.brief(value) + "' is no number");
        }
    }

    /** Adds the text of the present element, which has no elements within, and moves to its end. */
    void appendText(StringBuilder text) throws IOException {
        try {
            for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
                if (event == XMLStreamConstants.CHARACTERS
                        || event == XMLStreamConstants.CDATA
                        || event == XMLStreamConstants.SPACE) {
                    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                } else if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw SourceException.badFile(file + " is damaged: a text holds something else");
                }
                if (text.length() > LONGEST_TEXT) {
                    throw SourceException.badFile(file + " has a text of more than " + LONGEST_TEXT + " characters");
                }
            }
        } catch (XMLStreamException e) {
            throw damaged(file, e);
        }
    }

    private static IOException damaged(String file, XMLStreamException thrown) {
        // The parser wraps what the stream throws, such as the wish to end.
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException failure) {
                return failure;
            }
            if (cause instanceof XMLStreamException wrapped
                    && wrapped.getNestedException() instanceof IOException nested) {
                return nested;
            }
        }
        return SourceException.badFile(file + " is damaged: its XML cannot be read");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
