package dev.millrace.servers.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An XML element that is being written, and the texts of one that was sent. */
final class Xml {
    private final String name;
    private final StringBuilder content = new StringBuilder();

    Xml(String name) {
        this.name = name;
    }

    Xml text(String child, String value) {
        content.append('<')
                .append(child)
                .append('>')
                .append(escape(value))
                .append("</")
                .append(child)
                .append('>');
        return this;
    }

    Xml add(Xml child) {
        content.append(child.element());
        return this;
    }

    /** The texts of all elements of this name, wherever they are. */
    static List<String> texts(byte[] document, String element) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document parsed = factory.newDocumentBuilder().parse(new ByteArrayInputStream(document));
            NodeList nodes = parsed.getElementsByTagName(element);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                texts.add(nodes.item(i).getTextContent());
            }
            return texts;
        } catch (SAXException e) {
            throw new S3Error(400, "MalformedXML");
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + element();
    }

    private String element() {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
