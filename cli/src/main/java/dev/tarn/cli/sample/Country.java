package dev.tarn.cli.sample;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Where customers live, and what people and cities are called there. Shares are per thousand. */
record Country(String name, int share, String dialCode, List<String> cities, List<String> first, List<String> last) {

    static final List<Country> ALL = List.of(
            country(
                    "United States",
                    240,
                    "+1",
                    "New York;Chicago;Austin;Seattle;Denver;Portland, Maine;San José",
                    "Olivia;Liam;Emma;Noah;Ava;James;Sophia;Lucas;Mia;Ethan;Grace;Daniel",
                    "Smith;Johnson;Williams;Brown;Jones;Miller;Davis;Wilson;Anderson;O'Brien;Taylor;Moore"),
            country(
                    "Germany",
                    180,
                    "+49",
                    "Berlin;München;Köln;Hamburg;Düsseldorf;Leipzig;Frankfurt am Main",
                    "Anna;Lukas;Jürgen;Lena;Jonas;Käthe;Felix;Sabine;Björn;Marie;Paul;Greta",
                    "Müller;Schmidt;Schäfer;Weber;Groß;Becker;Hoffmann;König;Krüger;Vogel;Jäger;Weiß"),
            country(
                    "United Kingdom",
                    120,
                    "+44",
                    "London;Manchester;Leeds;Bristol;Glasgow;Cardiff;St. Andrews",
                    "Amelia;Oliver;Isla;George;Freya;Harry;Poppy;Arthur;Alice;Jack;Elsie;Theo",
                    "Evans;Thomas;Roberts;Walker;Wright;Thompson;White;Hughes;Edwards;Green;Hall;Clarke"),
            country(
                    "France",
                    110,
                    "+33",
                    "Paris;Lyon;Marseille;Orléans;Nîmes;Saint-Étienne;Bordeaux",
                    "Chloé;Hugo;Zoé;Léo;Inès;Jules;Élise;Théo;Manon;François;Camille;Noël",
                    "Martin;Bernard;Lefèvre;Moreau;Girard;Fournier;Béranger;Dubois;Chevalier;Gauthier;Lévêque;Bérard"),
            country(
                    "Netherlands",
                    60,
                    "+31",
                    "Amsterdam;Utrecht;Rotterdam;Eindhoven;'s-Hertogenbosch;Groningen",
                    "Sanne;Daan;Lotte;Bram;Fleur;Sven;Noor;Thijs;Eva;Jeroen",
                    "de Jong;Jansen;van den Berg;Bakker;Visser;Smit;Meijer;de Boer;Mulder;Bos"),
            country(
                    "Spain",
                    70,
                    "+34",
                    "Madrid;Barcelona;Málaga;Córdoba;A Coruña;Sevilla",
                    "Lucía;Martín;Sofía;Íñigo;Begoña;Álvaro;Carmen;Javier;Núria;Pablo",
                    "García;Fernández;López;Muñoz;Ibáñez;Martínez;Sánchez;Romero;Núñez;Ortega"),
            country(
                    "Italy",
                    60,
                    "+39",
                    "Roma;Milano;Torino;Forlì;Napoli;Bologna",
                    "Giulia;Leonardo;Aurora;Niccolò;Alice;Matteo;Ginevra;Andrea;Chiara;Luca",
                    "Rossi;Russo;Ferrari;Esposito;Bianchi;Colombo;D'Angelo;Greco;Conti;Marino"),
            country(
                    "Poland",
                    45,
                    "+48",
                    "Warszawa;Kraków;Łódź;Wrocław;Gdańsk;Poznań",
                    "Zofia;Jan;Małgorzata;Paweł;Łukasz;Agnieszka;Michał;Kinga;Stanisław;Żaneta",
                    "Nowak;Kowalska;Wiśniewski;Wójcik;Zieliński;Woźniak;Dąbrowska;Kaźmierczak;Mazur;Król"),
            country(
                    "Sweden",
                    35,
                    "+46",
                    "Stockholm;Göteborg;Malmö;Umeå;Örebro;Växjö",
                    "Åsa;Erik;Maja;Göran;Elsa;Nils;Freja;Sören;Linnéa;Karl",
                    "Andersson;Åkesson;Lindström;Öberg;Nilsson;Sjögren;Björk;Ekström;Lundqvist;Ström"),
            country(
                    "Brazil",
                    40,
                    "+55",
                    "São Paulo;Brasília;Belém;Florianópolis;Curitiba;Recife",
                    "João;Ana;Gonçalo;Beatriz;Antônio;Luísa;Rafael;Conceição;Tiago;Helena",
                    "Silva;Conceição;Araújo;Gonçalves;Ribeiro;Simões;Carvalho;Magalhães;Rocha;Teixeira"),
            country("Japan", 25, "+81", "東京;大阪;京都;札幌;福岡", "結衣;蓮;陽菜;大翔;美咲;悠真;さくら;翔太", "佐藤;鈴木;高橋;田中;渡辺;伊藤;山本;中村"),
            country(
                    "Türkiye",
                    15,
                    "+90",
                    "İstanbul;Ankara;İzmir;Muğla;Diyarbakır",
                    "Ayşe;Mehmet;Zeynep;Çağlar;Gülşen;Emre;Işıl;Ömer",
                    "Yılmaz;Demir;Şahin;Çelik;Öztürk;Aydın;Güneş;Koç"));

    private static Country country(String name, int share, String dialCode, String cities, String first, String last) {
        return new Country(name, share, dialCode, words(cities), words(first), words(last));
    }

    private static List<String> words(String separated) {
        return List.of(separated.split(";", -1));
    }

    /** By a number from 0 to 999. */
    static Country of(int perThousand) {
        int left = perThousand;
        for (Country country : ALL) {
            left -= country.share;
            if (left < 0) {
                return country;
            }
        }
        throw new IllegalArgumentException("The shares end before " + perThousand);
    }

    /** Lower-case ASCII for an address; empty when nothing is left of the name. */
    static String plain(String name) {
        String letters =
                name.replace('ł', 'l').replace('Ł', 'L').replace('ı', 'i').replace("ß", "ss");
        return Normalizer.normalize(letters, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }
}
